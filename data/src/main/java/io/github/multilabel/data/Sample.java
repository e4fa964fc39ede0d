package io.github.multilabel.data;

import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.message.Given;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One image and what is known of it.
 *
 * @param image where its bytes come from
 * @param labels a category per head, or missing
 * @param origin where the sample was declared, for messages, such as {@code "labels.csv line 214"}; may be empty
 * @param box of what the labels describe, in the image, if known; used by {@link ImageDatasetBuilder#optBoxCrop}
 */
public record Sample(ImageSource image, Labels labels, String origin, Optional<Box> box) {

    /** Checks that all are there. */
    public Sample {
        Given.require(image, "image", "where the image comes from, e.g. ImageSource.of(file)");
        Given.require(labels, "labels", "e.g. Labels.builder(heads).set(\"type\", \"SUV\").build()");
        Given.require(origin, "origin", "where the sample was declared, or \"\"");
        Given.require(box, "box", "Optional.empty() if there is none");
    }

    /** A sample without a box. */
    public Sample(ImageSource image, Labels labels, String origin) {
        this(image, labels, origin, Optional.empty());
    }

    /** A sample of an image file. */
    public static Sample of(Path image, Labels labels) {
        return new Sample(ImageSource.of(image), labels, "");
    }

    /** The same with a box. */
    public Sample withBox(Box box) {
        return new Sample(image, labels, origin, Optional.of(Given.require(box, "box", "the box of what is labelled")));
    }
}
