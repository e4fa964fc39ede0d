package io.github.multilabel.cli.program;

import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** The options of the model's input: its size, its shape, and how an image becomes it. */
@Section("Model and training")
final class InputOptions {

    @Option(
            names = "--image-size",
            paramLabel = "SIDE|HEIGHTxWIDTH",
            converter = ImageSizeText.class,
            description = "The size of the model's input in pixels: 224 is a square, 184x272 is 184 high and 272 wide"
                    + " (default: the backbone's, such as 64 for small and 224 for resnet34).")
    private Optional<ImageSize> imageSize = Optional.empty();

    @Option(
            names = "--aspect-ratio",
            paramLabel = "median|RATIO",
            converter = AspectRatio.Text.class,
            description = "Gives the model's input another shape with as many pixels: its width divided by its height;"
                    + " median is that of the training images, seen whole with --crop-mode squash or pad (default: the"
                    + " shape of --image-size; median with --fine-tune).")
    private Optional<AspectRatio> aspectRatio = Optional.empty();

    @Option(
            names = "--crop-mode",
            paramLabel = "center|squash|pad",
            description = "How an image of another shape becomes the model's input: center crops its centre, squash"
                    + " resizes all of it and changes its proportions, pad keeps all of it and its proportions between"
                    + " borders (default: the backbone's, center for published weights; squash with --fine-tune).")
    private Optional<CropMode> cropMode = Optional.empty();

    /**
     * The shape of the input, if it is another than that of its size.
     *
     * @param ofImages whether it is that of the training images where these options say nothing
     */
    Optional<AspectRatio> shape(boolean ofImages) {
        return aspectRatio.or(
                () -> ofImages && imageSize.isEmpty() ? Optional.of(AspectRatio.MEDIAN) : Optional.empty());
    }

    /** Sets these options. */
    void applyTo(MultiLabelTrainerBuilder builder, OptionalDouble shape) {
        imageSize.ifPresent(size -> builder.optImageSize(size.height(), size.width()));
        shape.ifPresent(builder::optAspectRatio);
        cropMode.ifPresent(builder::optCropMode);
    }

    /** Says what the input is where it has a shape of its own. */
    String told(ImageSize size, double shape) {
        return String.format(
                Locale.ROOT,
                "the model's input is %dx%d pixels, height x width, for images of aspect ratio %.2f%s",
                size.height(),
                size.width(),
                shape,
                aspectRatio.isPresent() ? "" : "; --image-size sets another");
    }

    /** What a training does where these options were not given, by their names. */
    static Map<String, List<String>> resolved(Preprocessing used) {
        Map<String, List<String>> resolved = new LinkedHashMap<>();
        resolved.put("image-size", List.of(used.size().toString()));
        resolved.put("crop-mode", List.of(used.cropMode().name().toLowerCase(Locale.ROOT)));
        return resolved;
    }
}
