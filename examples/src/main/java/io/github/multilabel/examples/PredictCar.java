package io.github.multilabel.examples;

import io.github.multilabel.cli.Multilabel;
import java.util.List;

/** Predicts the labels of photos with a saved model: {@code multilabel predict}. */
public final class PredictCar {

    static final List<String> DEFAULTS = List.of("predict");

    private PredictCar() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Multilabel.run(DEFAULTS, arguments);
    }
}
