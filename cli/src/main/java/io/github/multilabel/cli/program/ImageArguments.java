package io.github.multilabel.cli.program;

import io.github.multilabel.core.image.decode.ImageDecoder;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The images of every program that runs a model over images without labels, and how they are read. */
public final class ImageArguments {

    @Parameters(
            paramLabel = "IMAGE|DIR|TABLE",
            arity = "1..*",
            description = "Image files (JPEG, PNG, GIF, BMP, TIFF, WebP), folders, of which all images below them are"
                    + " taken, and tables (.csv, .tsv, .txt, .jsonl, .parquet) with a column of images.")
    private List<String> names = List.of();

    @Mixin
    private final TableFileOptions tables = new TableFileOptions();

    @Mixin
    private final DecodingOptions decoding = new DecodingOptions();

    /** As they are typed. */
    public List<String> names() {
        return names;
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
