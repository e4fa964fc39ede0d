package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One change among those that make an {@link Augmentation}. A step of your own is a lambda:
 *
 * <pre>{@code
 * AugmentationStep upsideDown = (image, random) -> random.nextInt(10) == 0 ? Geometry.rotate(image, 180) : image;
 * }</pre>
 *
 * <p>Called by several threads at once; all that is random must come from the generator that is passed.
 */
@FunctionalInterface
public interface AugmentationStep {

    /**
     * Changes a picture.
     *
     * @param image not to be changed: the result is another object, or the picture itself if nothing is to be done
     * @param random of this picture in this epoch alone
     * @return of the same size as {@code image}, unless a {@link RandomResizedCrop} follows
     */
    Pixels apply(Pixels image, SplittableRandom random);

    /**
     * A text that checkpoints keep, such as {@code "RandomHorizontalFlip(p=0.5)"}. A step of your own that has numbers
     * should override this; by default two of your own cannot be told apart.
     */
    default String describe() {
        return "a custom step";
    }

    /**
     * The same for a step that has to know more; this is what {@link Augmentation#of} calls. Without reason to know
     * more, it is {@link #apply(Pixels, SplittableRandom)}.
     *
     * @param box of what the labels speak of, in {@code image}; empty if unknown, or if the step is not the first
     * @param target what the model wants
     */
    default Pixels apply(Pixels image, Optional<Box> box, Preprocessing target, SplittableRandom random) {
        return apply(image, random);
    }
}
