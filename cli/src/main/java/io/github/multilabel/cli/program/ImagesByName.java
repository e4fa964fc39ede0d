package io.github.multilabel.cli.program;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.data.Sample;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the images of samples again by the names that they have in predictions. */
public final class ImagesByName {

    private ImagesByName() {}

    /** The images of samples; several samples can have the same. */
    public static Function<String, ImageSource> of(List<Sample> samples) {
        Map<String, ImageSource> images = samples.stream()
                .map(Sample::image)
                .collect(Collectors.toMap(ImageSource::name, image -> image, (first, same) -> first));
        return name -> Objects.requireNonNull(images.get(name), name);
    }
}
