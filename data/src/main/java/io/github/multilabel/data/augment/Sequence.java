package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.Photo;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Steps one after the other, see {@link Augmentation#of}. */
final class Sequence implements Augmentation {

    private final List<AugmentationStep> steps;

    /** The index of the step that makes the square, or -1 if that happens before all steps. */
    private final int squareAt;

    Sequence(List<AugmentationStep> given) {
        int square = -1;
        for (int i = 0; i < given.size(); i++) {
            AugmentationStep step = given.get(i);
            if (step == null) {
                throw new IllegalArgumentException("step " + (i + 1) + " of the augmentation is null");
            }
            if (step instanceof RandomResizedCrop crop) {
                square = square < 0 ? i : square;
                if (crop.keepsBox() && i > 0) {
                    throw new IllegalArgumentException("step " + (i + 1) + ", " + crop.describe()
                            + ", keeps a box and must be the first step: those before it may move what is in the box");
                }
            }
        }
        steps = List.copyOf(given);
        squareAt = square;
    }

    @Override
    public Pixels apply(Pixels image, Preprocessing target, SplittableRandom random) {
        return apply(image, Optional.empty(), target, random);
    }

    @Override
    public Pixels apply(Pixels image, Optional<Box> box, Preprocessing target, SplittableRandom random) {
        Pixels first = squareAt < 0 ? target.apply(image) : image;
        if (steps.isEmpty()) {
            return first;
        }
        Optional<Box> known = squareAt == 0 ? box : Optional.empty();
        Pixels changed = steps.get(0).apply(first, known, target, random);
        return afterFirst(checked(0, changed, target.size()), target, random);
    }

    @Override
    public Pixels apply(Photo photo, Optional<Box> box, Preprocessing target, SplittableRandom random)
            throws ImageDecodeException {
        if (squareAt == 0 && steps.get(0) instanceof RandomResizedCrop crop) {
            return afterFirst(crop.apply(photo, box, target, random), target, random);
        }
        return apply(photo.pixels(), box, target, random);
    }

    private Pixels afterFirst(Pixels first, Preprocessing target, SplittableRandom random) {
        Pixels current = first;
        for (int i = 1; i < steps.size(); i++) {
            current = checked(i, steps.get(i).apply(current, Optional.empty(), target, random), target.size());
        }
        return current;
    }

    private Pixels checked(int index, Pixels changed, int size) {
        if (changed == null) {
            throw new IllegalStateException(name(index) + " returned null; to change nothing, return the picture");
        }
        if (index >= squareAt && (changed.height() != size || changed.width() != size)) {
            throw new IllegalStateException(name(index) + " returned a picture of height " + changed.height()
                    + ", width " + changed.width() + "; the model's input is " + size + " by " + size
                    + ": only steps before a RandomResizedCrop may change the size");
        }
        return changed;
    }

    private String name(int index) {
        return "step " + (index + 1) + " of the augmentation, "
                + steps.get(index).describe() + ",";
    }

    @Override
    public String describe() {
        return steps.isEmpty()
                ? "none"
                : steps.stream().map(AugmentationStep::describe).collect(Collectors.joining(", "));
    }

    /** For example {@code "[RandomHorizontalFlip(p=0.5), a custom step]"}. */
    @Override
    public String toString() {
        return "[" + (steps.isEmpty() ? "" : describe()) + "]";
    }
}
