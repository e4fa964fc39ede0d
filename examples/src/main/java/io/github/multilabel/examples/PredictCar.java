package io.github.multilabel.examples;

import io.github.multilabel.cli.Multilabel;
import java.util.List;

/** Predicts the labels of photos with a saved model: {@code multilabel predict}. */
public final class PredictCar {

    private PredictCar() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Multilabel.run(List.of("predict"), arguments);
    }
}
