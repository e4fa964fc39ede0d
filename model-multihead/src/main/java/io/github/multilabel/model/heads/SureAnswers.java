package io.github.multilabel.model.heads;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Excerpt;

/**
 * From which probability on the heads of a hierarchy count as sure, so that an answer can be given at the level that
 * is: "at least it is a BMW". Chosen on validation images for a precision that was wished. Immutable.
 *
 * @param finest the name of the finest head; the others are its parents
 * @param threshold the least probability of a sure answer, in [0, 1]
 * @param precision the fraction of sure answers that shall be right, in (0, 1)
 */
public record SureAnswers(String finest, double threshold, double precision) {

    /** @throws IllegalArgumentException if a number is outside its range */
    public SureAnswers {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("sure answers of head '" + Excerpt.of(finest) + "': the threshold "
                    + threshold + " must be a probability, 0 to 1");
        }
        if (!(precision > 0 && precision < 1)) {
            throw new IllegalArgumentException("sure answers of head '" + Excerpt.of(finest) + "': the precision "
                    + precision + " must be between 0 and 1");
        }
    }

    /**
     * Checks that it is for heads.
     *
     * @throws IllegalArgumentException if the finest head determines no other
     */
    public void requireFit(HeadSet heads) {
        if (heads.hierarchy().parents(finest).isEmpty()) {
            throw new IllegalArgumentException("sure answers of head '" + Excerpt.of(finest)
                    + "': it determines no other head; those that do are "
                    + Excerpt.of(heads.hierarchy().finest()));
        }
    }
}
