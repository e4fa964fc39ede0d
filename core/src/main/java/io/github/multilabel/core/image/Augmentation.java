package io.github.multilabel.core.image;

import java.util.SplittableRandom;

/**
 * Changes a picture at random before a training step sees it, so that the model learns what stays.
 *
 * <pre>{@code
 * Augmentation gentle = (image, target, random) -> target.apply(random.nextBoolean() ? image.mirrored() : image);
 * }</pre>
 *
 * <p>Called by several threads at once; all that is random must come from the generator that is passed, so that a seed
 * gives the same pictures again.
 */
@FunctionalInterface
public interface Augmentation {

    /**
     * Makes the input of one training step.
     *
     * @param image the whole picture, upright; not to be changed
     * @param target what the model wants
     * @param random of this picture in this epoch alone
     * @return a picture of {@code target.size()} by {@code target.size()}
     */
    Pixels apply(Pixels image, Preprocessing target, SplittableRandom random);

    /** What evaluation sees: {@link Preprocessing#apply}. */
    static Augmentation none() {
        return (image, target, random) -> target.apply(image);
    }

    /** What evaluation sees, every second picture mirrored: torchvision's {@code RandomHorizontalFlip}. */
    static Augmentation horizontalFlip() {
        return (image, target, random) -> {
            Pixels square = target.apply(image);
            return random.nextBoolean() ? square.mirrored() : square;
        };
    }

    /**
     * A random part of 35 to 100 % of the picture's area, its aspect ratio between 3:4 and 4:3, resized to the square;
     * every second one mirrored. torchvision's {@code RandomResizedCrop} and {@code RandomHorizontalFlip}, which on
     * ImageNet take as little as 8 % of the area; but several heads ask about the same picture, and such a small part
     * rarely shows both the badge and the silhouette that the labels speak of.
     */
    static Augmentation light() {
        return new LightAugmentation();
    }
}
