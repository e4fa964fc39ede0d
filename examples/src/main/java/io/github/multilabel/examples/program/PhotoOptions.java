package io.github.multilabel.examples.program;

import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.StanfordCarsBuilder;
import io.github.multilabel.data.BadImages;
import io.github.multilabel.data.ImageDatasetBuilder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that every program that reads photos has. */
public final class PhotoOptions {

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "32",
            description = "images of one step (default: ${DEFAULT-VALUE})")
    private int batchSize;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "at most so many photos of each kind, training and validation; a fixed choice")
    private Integer limit;

    @Option(
            names = "--on-bad-image",
            paramLabel = "fail|skip",
            defaultValue = "fail",
            description = "what becomes of an annotated photo that is not there or cannot be decoded: fail, or skip"
                    + " with a count (default: ${DEFAULT-VALUE})")
    private BadImages badImages;

    /** The cars of a folder as these options want them. */
    public StanfordCarsBuilder cars(Path root) {
        StanfordCarsBuilder builder =
                StanfordCars.builder().optRoot(root).optBatchSize(batchSize).optBadImages(badImages);
        return limit == null ? builder : builder.optLimit(limit);
    }

    /** Other photos as these options want them. */
    public ImageDatasetBuilder photos(ImageDatasetBuilder builder) {
        builder.optBatchSize(batchSize).optBadImages(badImages);
        return limit == null ? builder : builder.optLimit(limit);
    }
}
