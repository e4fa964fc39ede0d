package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.Photo;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One image that is to be augmented for one training step.
 *
 * @param photo the whole image, upright; decoded only as far as it is asked for
 * @param box in the photo, of what the labels speak of; may reach over its border; empty if unknown
 * @param target the size, crop and statistics that the model expects
 * @param random generator of this image in this epoch alone: all that is random must come from it
 */
public record Draw(Photo photo, Optional<Box> box, Preprocessing target, SplittableRandom random) {

    /** Checks that all are there. */
    public Draw {
        Objects.requireNonNull(photo, "photo");
        Objects.requireNonNull(box, "box");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(random, "random");
    }

    /** A decoded image without a box. */
    public static Draw of(Pixels image, Preprocessing target, SplittableRandom random) {
        return new Draw(Photo.of(image), Optional.empty(), target, random);
    }
}
