package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Pixels;

/**
 * One change among those that make an {@link Augmentation}. A step of your own is a lambda:
 *
 * <pre>{@code
 * AugmentationStep upsideDown = (image, draw) -> draw.random().nextInt(10) == 0 ? Geometry.rotate(image, 180) : image;
 * }</pre>
 *
 * <p>Called by several threads at once; all that is random must come from the generator that is passed.
 */
@FunctionalInterface
public interface AugmentationStep {

    /**
     * Changes an image.
     *
     * @param image as the steps before left it; not to be changed: the result is another object, or the image itself if
     *     nothing is to be done
     * @param draw the generator of random numbers, and what the model expects. Its photo and box are those before all
     *     steps
     * @return of the same size as {@code image}, unless a {@link RandomResizedCrop} follows
     */
    Pixels apply(Pixels image, Draw draw);

    /**
     * A text that checkpoints keep, such as {@code "RandomHorizontalFlip(p=0.5)"}. A step of your own that has numbers
     * should override this; by default two of your own cannot be told apart.
     */
    default String describe() {
        return "a custom step";
    }
}
