package io.github.multilabel.cli.program;

import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.StanfordCarsBuilder;
import io.github.multilabel.core.image.BoxCrop;
import io.github.multilabel.data.BadImages;
import io.github.multilabel.data.ImageDatasetBuilder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every program that reads a data set of images. */
@Section("Reading images")
public final class PhotoOptions {

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "The number of images in a batch (default: ${DEFAULT-VALUE}).")
    private int batchSize = 32;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Uses at most so many images of each split, always the same ones (default: all).")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--on-bad-image",
            paramLabel = "fail|skip",
            description = "What happens when an image is missing or cannot be decoded: the program fails, or skips and"
                    + " counts it (default: fail).")
    private BadImages badImages = BadImages.FAIL;

    @Option(
            names = "--box-crop",
            paramLabel = "MARGIN",
            description =
                    "Cuts each photo of a car to its bounding box and a margin, a fraction of the box's sides such"
                            + " as 0.1; predictions with the model need photos that are cut alike (default: the whole photo).")
    private Optional<Double> boxCrop = Optional.empty();

    @Mixin
    private final DecodingOptions decoding = new DecodingOptions();

    /** Stanford Cars in a folder, read as these options say. */
    public StanfordCarsBuilder cars(Path root) {
        StanfordCarsBuilder builder = StanfordCars.builder()
                .optRoot(root)
                .optBatchSize(batchSize)
                .optBadImages(badImages)
                .optDecoder(decoding.decoder());
        limit.ifPresent(builder::optLimit);
        boxCrop.map(margin -> InvalidInputException.ofOption("--box-crop", margin, BoxCrop::withMargin))
                .ifPresent(builder::optBoxCrop);
        return builder;
    }

    /** Other images, read as these options say. */
    public ImageDatasetBuilder images(ImageDatasetBuilder builder) {
        if (boxCrop.isPresent()) {
            throw new InvalidInputException("--box-crop " + boxCrop.get() + ": the images of a table have no boxes");
        }
        builder.optBatchSize(batchSize).optBadImages(badImages).optDecoder(decoding.decoder());
        limit.ifPresent(builder::optLimit);
        return builder;
    }
}
