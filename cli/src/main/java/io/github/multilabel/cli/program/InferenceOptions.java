package io.github.multilabel.cli.program;

import io.github.multilabel.core.torch.Precision;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every program that predicts images, or what is in them, with a precision. */
public final class InferenceOptions {

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16|float16|auto",
            description = "The data type of convolutions (default: float32).")
    private Precision precision = Precision.FLOAT32;

    @Mixin
    private final ImageArguments images = new ImageArguments();

    public Precision precision() {
        return precision;
    }

    /** The images, and how they are read. */
    public ImageArguments images() {
        return images;
    }
}
