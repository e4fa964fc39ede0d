package io.github.multilabel.examples;

import io.github.multilabel.cli.Multilabel;
import java.util.List;

/** Trains a model on images and a table of their labels: {@code multilabel train --csv}. */
public final class TrainFromTable {

    static final List<String> DEFAULTS = List.of("train", "--output=build/table");

    private TrainFromTable() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Multilabel.run(DEFAULTS, arguments);
    }
}
