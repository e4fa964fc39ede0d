package io.github.multilabel.examples;

import io.github.multilabel.cli.Multilabel;
import java.util.List;

/** Evaluates a saved model on cars that it has not seen: {@code multilabel evaluate --dataset stanford-cars}. */
public final class EvaluateStanfordCars {

    static final List<String> DEFAULTS = List.of("evaluate", "--dataset=stanford-cars", "--output=build/evaluation");

    private EvaluateStanfordCars() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Multilabel.run(DEFAULTS, arguments);
    }
}
