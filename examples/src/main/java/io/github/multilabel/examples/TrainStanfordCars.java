package io.github.multilabel.examples;

import io.github.multilabel.cli.Multilabel;
import java.util.List;

/** Trains a model with several heads on cars: {@code multilabel train --dataset stanford-cars}. */
public final class TrainStanfordCars {

    static final List<String> DEFAULTS = List.of("train", "--dataset=stanford-cars", "--output=build/cars");

    private TrainStanfordCars() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Multilabel.run(DEFAULTS, arguments);
    }
}
