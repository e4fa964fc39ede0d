package io.github.multilabel.cli.program;

import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.torch.Precision;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every program that runs a model over images without labels. */
public final class InferenceOptions {

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16|float16|auto",
            description = "The data type of convolutions (default: float32).")
    private Precision precision = Precision.FLOAT32;

    @Mixin
    private final TableFileOptions tables = new TableFileOptions();

    @Mixin
    private final DecodingOptions decoding = new DecodingOptions();

    public Precision precision() {
        return precision;
    }

    /** How tables of images are written. */
    public TableFileOptions tables() {
        return tables;
    }

    /**
     * The decoder of images.
     *
     * @throws InvalidInputException if an option has a wrong value
     */
    public ImageDecoder decoder() {
        return decoding.decoder();
    }
}
