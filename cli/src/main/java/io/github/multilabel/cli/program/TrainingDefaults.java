package io.github.multilabel.cli.program;

import io.github.multilabel.data.augment.Augmentation;
import java.util.OptionalDouble;

/** The defaults of a training that depend on the data. */
public enum TrainingDefaults {
    /**
     * A small network that starts from random weights takes larger steps and more epochs; on small drawings a random
     * crop often loses what distinguishes one car from another.
     */
    DRAWINGS("small", 14, OptionalDouble.of(5e-3), Augmentation.horizontalFlip()),
    /** Those of the library. */
    PHOTOS("resnet34", 10, OptionalDouble.empty(), Augmentation.light());

    final String backbone;
    final int epochs;
    final OptionalDouble learningRate;
    final Augmentation augmentation;

    TrainingDefaults(String backbone, int epochs, OptionalDouble learningRate, Augmentation augmentation) {
        this.backbone = backbone;
        this.epochs = epochs;
        this.learningRate = learningRate;
        this.augmentation = augmentation;
    }

    /** The name of the backbone. */
    public String backbone() {
        return backbone;
    }
}
