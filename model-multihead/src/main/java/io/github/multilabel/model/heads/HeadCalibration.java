package io.github.multilabel.model.heads;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Excerpt;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How the logits of a head are changed so that its probabilities are right as often as they say: each times a factor
 * above 0, and for tags plus an offset. Chosen on validation images; the order of the categories never changes. After
 * Guo et al. 2017 (arXiv 1706.04599) and, of tags, Platt 1999. Immutable.
 */
public sealed interface HeadCalibration {

    /** Far more than any use, and far from where logits overflow. */
    double MOST = 1000;

    /** The name of the head. */
    String head();

    /** The kind of heads that it is for. */
    Head.Kind kind();

    /**
     * Applies the function for what this is.
     *
     * @param single applied to the temperature of a single-label head
     * @param multi applied to the scales of the tags of a multi-label head
     * @return the result of the function
     */
    <R> R when(Function<Temperature, R> single, Function<TagScales, R> multi);

    /**
     * Checks that it is for one of some heads.
     *
     * @throws IllegalArgumentException if there is no such head, or it is of another kind or has other categories
     */
    default void requireFit(HeadSet heads) {
        Head of = heads.get(head());
        if (of.kind() != kind()) {
            throw new IllegalArgumentException(where(head()) + ": "
                    + when(
                            single -> "a temperature is for a head with one category per image",
                            multi -> "scales are for a head with any tags per image")
                    + ", and this one is " + of.kind());
        }
        if (factors(of.size()).size() != of.size()) {
            throw new IllegalArgumentException(where(head()) + ": it has scales for "
                    + factors(of.size()).size() + " tags, and the head has " + of.size());
        }
    }

    /**
     * By what the logits are multiplied.
     *
     * @param categories the number of categories of the head
     */
    default List<Double> factors(int categories) {
        return when(single -> Collections.nCopies(categories, 1 / single.temperature()), TagScales::scales);
    }

    /**
     * What is added to the logits then.
     *
     * @param categories the number of categories of the head
     */
    default List<Double> offsets(int categories) {
        return when(single -> Collections.nCopies(categories, 0.0), TagScales::offsets);
    }

    /**
     * The logits of one image, calibrated as predictors do it.
     *
     * @param logits (K), left as they are
     * @return others
     */
    default float[] apply(float[] logits) {
        List<Double> factors = factors(logits.length);
        List<Double> offsets = offsets(logits.length);
        float[] calibrated = new float[logits.length];
        for (int k = 0; k < logits.length; k++) {
            calibrated[k] =
                    logits[k] * factors.get(k).floatValue() + offsets.get(k).floatValue();
        }
        return calibrated;
    }

    /**
     * Of a single-label head.
     *
     * @param head the name of the head
     * @param temperature that all logits are divided by, 0.001 to 1000; below 1, the answers were less certain than
     *     they are right
     */
    record Temperature(String head, double temperature) implements HeadCalibration {

        /** @throws IllegalArgumentException if the temperature is outside its range */
        public Temperature {
            if (!(temperature >= 1 / MOST && temperature <= MOST)) {
                throw new IllegalArgumentException(where(head) + ": the temperature " + temperature
                        + " must be a number from 0.001 to 1000; 1 changes nothing");
            }
        }

        @Override
        public Head.Kind kind() {
            return Head.Kind.SINGLE_LABEL;
        }

        @Override
        public <R> R when(Function<Temperature, R> single, Function<TagScales, R> multi) {
            return single.apply(this);
        }

        /** For example {@code brand calibrated: temperature 0.613}. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s calibrated: temperature %.3f", head, temperature);
        }
    }

    /**
     * Of a multi-label head.
     *
     * @param head the name of the head
     * @param scales of each tag, that its logit is multiplied by, 0.001 to 1000
     * @param offsets of each tag, that is added then, -1000 to 1000
     */
    record TagScales(String head, List<Double> scales, List<Double> offsets) implements HeadCalibration {

        /** @throws IllegalArgumentException if a number is outside its range, or the lists differ in length */
        public TagScales {
            scales = List.copyOf(scales);
            offsets = List.copyOf(offsets);
            for (double scale : scales) {
                if (!(scale >= 1 / MOST && scale <= MOST)) {
                    throw new IllegalArgumentException(where(head) + ": the scale " + scale
                            + " must be a number from 0.001 to 1000; 1 changes nothing");
                }
            }
            for (double offset : offsets) {
                if (!(Math.abs(offset) <= MOST)) {
                    throw new IllegalArgumentException(where(head) + ": the offset " + offset
                            + " must be a number from -1000 to 1000; 0 changes nothing");
                }
            }
            if (scales.size() != offsets.size()) {
                throw new IllegalArgumentException(
                        where(head) + ": it has " + scales.size() + " scales and " + offsets.size() + " offsets");
            }
        }

        @Override
        public Head.Kind kind() {
            return Head.Kind.MULTI_LABEL;
        }

        @Override
        public <R> R when(Function<Temperature, R> single, Function<TagScales, R> multi) {
            return multi.apply(this);
        }

        /** For example {@code tags calibrated: scales 0.81 to 1.40, offsets -0.33 to 0.20}. */
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s calibrated: scales %.2f to %.2f, offsets %.2f to %.2f",
                    head,
                    Collections.min(scales),
                    Collections.max(scales),
                    Collections.min(offsets),
                    Collections.max(offsets));
        }
    }

    private static String where(String head) {
        return "calibration of head '" + Excerpt.of(head) + "'";
    }
}
