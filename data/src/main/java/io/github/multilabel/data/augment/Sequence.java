package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Pixels;
import java.util.List;
import java.util.stream.Collectors;

/** Steps one after the other, see {@link Augmentation#of}. */
final class Sequence implements Augmentation {

    private final List<AugmentationStep> steps;

    /** The index of the step that makes the input of the model, or -1 if that happens before all steps. */
    private final int inputAt;

    Sequence(List<AugmentationStep> given) {
        int input = -1;
        for (int i = 0; i < given.size(); i++) {
            AugmentationStep step = given.get(i);
            if (step == null) {
                throw new IllegalArgumentException("step " + (i + 1) + " of the augmentation is null");
            }
            if (step instanceof RandomResizedCrop crop) {
                input = input < 0 ? i : input;
                if (crop.keepsBox() && i > 0) {
                    throw new IllegalArgumentException("step " + (i + 1) + ", " + crop.describe()
                            + ", keeps a box and must be the first step: those before it may move what is in the box");
                }
            }
        }
        steps = List.copyOf(given);
        inputAt = input;
    }

    @Override
    public Pixels apply(Draw draw) throws ImageDecodeException {
        int next = 0;
        Pixels current;
        if (inputAt == 0 && steps.get(0) instanceof RandomResizedCrop crop) {
            current = crop.cut(draw); // decodes only the part that it shows
            next = 1;
        } else {
            Pixels whole = draw.photo().pixels();
            current = inputAt < 0 ? draw.target().apply(whole) : whole;
        }
        for (int i = next; i < steps.size(); i++) {
            current =
                    checked(i, steps.get(i).apply(current, draw), draw.target().size());
        }
        return current;
    }

    private Pixels checked(int index, Pixels changed, ImageSize size) {
        if (changed == null) {
            throw new IllegalStateException(name(index) + " returned null; to change nothing, return the image");
        }
        if (index >= inputAt && !Box.of(changed).equals(Box.of(size))) {
            throw new IllegalStateException(name(index) + " returned an image of height " + changed.height()
                    + ", width " + changed.width() + "; the model's input is " + size.height() + " by "
                    + size.width() + ": only steps before a RandomResizedCrop may change the size");
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
