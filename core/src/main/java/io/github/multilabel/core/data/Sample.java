package io.github.multilabel.core.data;

import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.ImageSource;
import java.nio.file.Path;
import java.util.Objects;

/**
 * One image and what is known of it.
 *
 * @param image where its bytes come from
 * @param labels a category per head, or missing
 * @param origin where the sample was declared, for messages, such as {@code "labels.csv line 214"}; may be empty
 */
public record Sample(ImageSource image, Labels labels, String origin) {

    /** Checks that all are there. */
    public Sample {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(labels, "labels");
        Objects.requireNonNull(origin, "origin");
    }

    /** A sample of an image file. */
    public static Sample of(Path image, Labels labels) {
        return new Sample(ImageSource.of(image), labels, "");
    }
}
