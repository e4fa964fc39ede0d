package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.message.NearMatches;
import java.util.Arrays;
import java.util.List;

/**
 * Changes an image at random before a training step sees it, so that the model learns what does not change. Take a
 * preset, or list the steps:
 *
 * <pre>{@code
 * Augmentation mine = Augmentation.of(
 *         RandomResizedCrop.of(0.35, 1),
 *         RandomHorizontalFlip.of(0.5),
 *         ColorJitter.of(0.2, 0.2, 0.2, 0.05),
 *         (image, draw) -> draw.random().nextInt(10) == 0 ? Colors.invert(image) : image);
 * }</pre>
 *
 * <p>Called by several threads at once; all that is random must come from the generator of the draw, so that a seed
 * gives the same images again, whatever the order and the number of threads.
 */
@FunctionalInterface
public interface Augmentation {

    /**
     * Makes the input of one training step.
     *
     * @return an image of {@code target.size()}
     * @throws ImageDecodeException if the photo is damaged
     * @throws IllegalArgumentException if the box is used and is no part of the photo
     */
    Pixels apply(Draw draw) throws ImageDecodeException;

    /**
     * A text that checkpoints keep, so that a training that is resumed can be compared with the one that was
     * interrupted: the steps with all their numbers. One of your own that has numbers should override this; by default
     * two of your own cannot be told apart.
     */
    default String describe() {
        return "a custom augmentation";
    }

    /**
     * Steps in order. The image becomes the model's input at the (first) {@link RandomResizedCrop}; without one, it
     * does before the first step, as in evaluation. So the steps before the crop see the whole image, and those after
     * it, which are cheaper for that, the input.
     *
     * @param steps may be none, which is {@link #none}
     * @return throws IllegalStateException, naming the step, if one returns null or, once the image is the input,
     *     another size
     * @throws IllegalArgumentException if a step is null, or a crop that keeps a box is not the first step: what comes
     *     before it may move what is in the box
     */
    static Augmentation of(AugmentationStep... steps) {
        return new Sequence(Arrays.asList(Given.require(steps, "steps", "e.g. RandomHorizontalFlip.of(0.5)")));
    }

    /** What evaluation sees: {@link Preprocessing#apply}. */
    static Augmentation none() {
        return Preset.NONE;
    }

    /** What evaluation sees, every second image mirrored: torchvision's {@code RandomHorizontalFlip}. */
    static Augmentation horizontalFlip() {
        return Preset.FLIP;
    }

    /**
     * A random part of 35 to 100 % of the image's area, its aspect ratio between 3:4 and 4:3, resized to the input;
     * every second one mirrored. torchvision's {@code RandomResizedCrop} and {@code RandomHorizontalFlip}, which on
     * ImageNet take as little as 8 % of the area; but several heads classify the same image, and such a small part
     * rarely shows both the badge and the silhouette. The cheapest one that crops.
     */
    static Augmentation light() {
        return Preset.LIGHT;
    }

    /**
     * For long trainings and little data: {@link #light}'s crop and mirror, one operation of {@link TrivialAugmentWide}
     * (colours, sharpness, shear, translation or rotation, of any strength), and in every fourth image a rectangle of
     * at most a fifth of the area erased ({@link RandomErasing}). torchvision's newer training recipes are made alike.
     * Crop and rectangle are milder than theirs, because a label describes the whole car: a part of 8 % or a third
     * erased often leaves nothing to classify. TrivialAugmentWide because it has nothing to tune. Expect a lower
     * accuracy on the training data and, after more epochs, a higher one on the others; take {@link #light} where the
     * categories differ in colour or position.
     */
    static Augmentation strong() {
        return Preset.STRONG;
    }

    /**
     * A preset by its name, for command lines and settings.
     *
     * @param name one of {@link #names}, in any case
     * @throws IllegalArgumentException if there is no such preset, with those that were probably meant
     */
    static Augmentation byName(String name) {
        return Preset.byName(Given.require(name, "name", "one of " + names()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no augmentation '" + name + "'; " + NearMatches.thereAre(name, names())));
    }

    /** The names of the presets, from the mildest to the strongest. */
    static List<String> names() {
        return Preset.names();
    }
}
