package io.github.multilabel.model.heads;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Excerpt;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * From which probability on a head answers: of a single-label head all at once, of a multi-label head each tag for
 * itself. Chosen on validation images. Immutable.
 */
public sealed interface HeadThreshold {

    /** Where a tag becomes more probable than not. */
    double USUAL_OF_TAGS = 0.5;

    /** The name of the head. */
    String head();

    /** The kind of heads that it is for. */
    Head.Kind kind();

    /**
     * Applies the function for what this is.
     *
     * @param single applied to the threshold of a single-label head
     * @param multi applied to the thresholds of the tags of a multi-label head
     * @return the result of the function
     */
    <R> R when(Function<UnknownBelow, R> single, Function<OfTags, R> multi);

    /**
     * The names of the heads that may answer "unknown".
     *
     * @param thresholds of some heads
     */
    static List<String> unknown(List<HeadThreshold> thresholds) {
        return thresholds.stream()
                .filter(each -> each.kind() == Head.Kind.SINGLE_LABEL)
                .map(HeadThreshold::head)
                .toList();
    }

    /**
     * Checks that it is for one of some heads.
     *
     * @throws IllegalArgumentException if there is no such head, or it is of another kind or has other categories
     */
    default void requireFit(HeadSet heads) {
        requireFit(heads.get(head()));
    }

    /**
     * Checks that it is for a head.
     *
     * @throws IllegalArgumentException if it is for another, or one of another kind or with other categories
     */
    default void requireFit(Head of) {
        if (!of.name().equals(head())) {
            throw new IllegalArgumentException(where(head()) + " is given for head '" + Excerpt.of(of.name()) + "'");
        }
        if (of.kind() != kind()) {
            throw new IllegalArgumentException(where(head()) + ": "
                    + when(
                            single -> "'unknown' is an answer of a head with one category per image",
                            multi -> "thresholds of tags are for a head with any tags per image")
                    + ", and this one is " + of.kind());
        }
        int tags = when(single -> of.size(), multi -> multi.thresholds().size());
        if (tags != of.size()) {
            throw new IllegalArgumentException(
                    where(head()) + ": it has thresholds for " + tags + " tags, and the head has " + of.size());
        }
    }

    /**
     * Of a single-label head, whose answer is "unknown" if its best category is less probable.
     *
     * @param head the name of the head
     * @param threshold the least probability of an answer, in [0, 1]
     * @param precision the fraction of answers that shall be right, in (0, 1)
     */
    record UnknownBelow(String head, double threshold, double precision) implements HeadThreshold {

        /** @throws IllegalArgumentException if a number is outside its range */
        public UnknownBelow {
            if (!(threshold >= 0 && threshold <= 1)) {
                throw new IllegalArgumentException(
                        where(head) + ": the threshold " + threshold + " must be a probability, 0 to 1");
            }
            if (!(precision > 0 && precision < 1)) {
                throw new IllegalArgumentException(
                        where(head) + ": the precision " + precision + " must be between 0 and 1");
            }
        }

        @Override
        public Head.Kind kind() {
            return Head.Kind.SINGLE_LABEL;
        }

        @Override
        public <R> R when(Function<UnknownBelow, R> single, Function<OfTags, R> multi) {
            return single.apply(this);
        }

        /** For example {@code brand unknown below 0.831, for a precision of 0.98}. */
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%s unknown below %.3f, for a precision of %s", head, threshold, precision);
        }
    }

    /**
     * Of a multi-label head.
     *
     * @param head the name of the head
     * @param thresholds of each tag, in the order of the head: the least probability of a predicted tag, between 0 and
     *     1; {@value #USUAL_OF_TAGS} without any
     */
    record OfTags(String head, List<Double> thresholds) implements HeadThreshold {

        /** @throws IllegalArgumentException if a threshold is outside its range */
        public OfTags {
            thresholds = List.copyOf(thresholds);
            for (double threshold : thresholds) {
                if (!(threshold > 0 && threshold < 1)) {
                    throw new IllegalArgumentException(where(head) + ": the threshold " + threshold
                            + " of a tag must be a probability between 0 and 1");
                }
            }
        }

        @Override
        public Head.Kind kind() {
            return Head.Kind.MULTI_LABEL;
        }

        @Override
        public <R> R when(Function<UnknownBelow, R> single, Function<OfTags, R> multi) {
            return multi.apply(this);
        }

        /** The logits above which each tag is predicted, in the order of the head. */
        public float[] logits() {
            float[] logits = new float[thresholds.size()];
            for (int k = 0; k < logits.length; k++) {
                double threshold = thresholds.get(k);
                logits[k] = (float) (Math.log(threshold) - Math.log1p(-threshold));
            }
            return logits;
        }

        /** For example {@code tags predicted from 0.21 to 0.64 on}. */
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s: tags predicted from %.2f to %.2f on",
                    head,
                    Collections.min(thresholds),
                    Collections.max(thresholds));
        }
    }

    private static String where(String head) {
        return "threshold of head '" + Excerpt.of(head) + "'";
    }
}
