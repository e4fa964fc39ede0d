package io.github.multilabel.examples.program;

import io.github.multilabel.cars.Split;
import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.StanfordCarsBuilder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Which photos of a folder train a model and which judge it. Where the folder has labelled test photos, these judge;
 * where it has none, as the original annotations have no labels for them, a fixed tenth of the training photos does.
 */
public enum Photos {
    /** The training photos, without those that are held out. */
    TRAIN,
    /** The photos that judge: see above. */
    VALIDATION,
    /** The labelled test photos. */
    TEST,
    /** All. */
    ALL;

    private static final double TRAINED = 0.9;

    public StanfordCarsBuilder select(StanfordCarsBuilder builder, Path root) throws IOException {
        return switch (this) {
            case TRAIN ->
                builder.optSplit(Split.TRAIN).optFraction(0, StanfordCars.hasLabelledTest(root) ? 1 : TRAINED);
            case VALIDATION ->
                StanfordCars.hasLabelledTest(root)
                        ? builder.optSplit(Split.TEST)
                        : builder.optSplit(Split.TRAIN).optFraction(TRAINED, 1);
            case TEST -> builder.optSplit(Split.TEST);
            case ALL -> builder.optSplit(Split.ALL);
        };
    }
}
