package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.Pixels;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The augmentations that have a name; what they do and why, see the methods of {@link Augmentation}. */
enum Preset implements Augmentation {
    NONE,
    FLIP(RandomHorizontalFlip.of(0.5)),
    LIGHT(RandomResizedCrop.of(0.35, 1), RandomHorizontalFlip.of(0.5)),
    STRONG(
            RandomResizedCrop.of(0.35, 1),
            RandomHorizontalFlip.of(0.5),
            TrivialAugmentWide.create(),
            RandomErasing.of(0.25).withScale(0.02, 0.2));

    private final Augmentation steps;

    Preset(AugmentationStep... steps) {
        this.steps = Augmentation.of(steps);
    }

    static Optional<Augmentation> byName(String name) {
        return Arrays.stream(values())
                .filter(preset -> preset.title().equalsIgnoreCase(name.strip()))
                .<Augmentation>map(preset -> preset)
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Preset::title).toList();
    }

    private String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Pixels apply(Draw draw) throws ImageDecodeException {
        return steps.apply(draw);
    }

    /** The steps, so that a preset and the same steps in a list are the same. */
    @Override
    public String describe() {
        return steps.describe();
    }

    /** For example {@code "flip: [RandomHorizontalFlip(p=0.5)]"}. */
    @Override
    public String toString() {
        return this == NONE ? title() : title() + ": " + steps;
    }
}
