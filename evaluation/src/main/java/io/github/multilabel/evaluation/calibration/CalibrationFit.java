package io.github.multilabel.evaluation.calibration;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.model.heads.HeadCalibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Chooses how a head is calibrated. What is fitted on one half of the images has to make the labels of the other half
 * more probable, and the other way round, or nothing is changed; the same two fits say what it is worth. What is kept
 * is then fitted on all images.
 */
public final class CalibrationFit {

    /** With fewer labelled images nothing is calibrated. */
    public static final int FEWEST = 50;

    /** A tag needs so many images with it, and as many without. */
    public static final int FEWEST_OF_TAG = TagThresholds.FEW;

    private CalibrationFit() {}

    /**
     * Chooses the temperature of a single-label head.
     *
     * @param head the name of the head
     * @param logits (N, K) as predictions have them; not changed
     * @param labels (N) of categories, {@value Labels#MISSING} where missing
     * @throws IllegalArgumentException if the arrays do not fit each other, or a logit is not finite
     */
    public static CalibrationChoice single(String head, float[][] logits, int[] labels) {
        Answers.require(logits, labels);
        int[] known = IntStream.range(0, labels.length)
                .filter(i -> labels[i] != Labels.MISSING)
                .toArray();
        float[][] rows = Arrays.stream(known).mapToObj(i -> logits[i]).toArray(float[][]::new);
        int[] right = Arrays.stream(known).map(i -> labels[i]).toArray();
        boolean[] first = Answers.firstHalf(rows);
        double ofFirst = TemperatureScaling.fit(rows, ofHalf(right, first, true));
        double ofSecond = TemperatureScaling.fit(rows, ofHalf(right, first, false));
        double gain = 0;
        double[] own = new double[right.length];
        double[] calibrated = new double[right.length];
        boolean[] isRight = new boolean[right.length];
        for (int i = 0; i < right.length; i++) {
            double inverse = 1 / (first[i] ? ofSecond : ofFirst);
            gain += TemperatureScaling.loss(rows[i], right[i], 1) - TemperatureScaling.loss(rows[i], right[i], inverse);
            own[i] = Answers.confidence(rows[i], 1);
            calibrated[i] = Answers.confidence(rows[i], inverse);
            isRight[i] = Answers.best(rows[i]) == right[i];
        }
        CalibrationError before = CalibrationError.of(own, isRight);
        if (right.length < FEWEST) {
            return unchanged(head, right.length, before, tooFew(right.length));
        }
        if (!(gain > 0)) {
            return unchanged(
                    head, right.length, before, "no temperature is better for images that it is not fitted on");
        }
        double temperature = TemperatureScaling.fit(rows, right);
        boolean isBound = temperature == TemperatureScaling.LOWEST || temperature == TemperatureScaling.HIGHEST;
        return new CalibrationChoice(
                head,
                right.length,
                Optional.of(new HeadCalibration.Temperature(head, temperature)),
                before,
                CalibrationError.of(calibrated, isRight),
                isBound ? "no temperature beyond it is tried" : "");
    }

    private static int[] ofHalf(int[] labels, boolean[] first, boolean isFirst) {
        return IntStream.range(0, labels.length)
                .map(i -> first[i] == isFirst ? labels[i] : Labels.MISSING)
                .toArray();
    }

    /**
     * Chooses the scales and offsets of the tags of a multi-label head. A tag that nothing is better for, or that few
     * images have, stays as it is.
     *
     * @param head with its tags
     * @param logits (N, K) as predictions have them; not changed
     * @param labels (N, K): 1 for an image with the tag, 0 without, below 0 where it is missing
     * @throws IllegalArgumentException if the arrays do not fit each other, or a logit is not finite
     */
    public static CalibrationChoice multi(Head head, float[][] logits, float[][] labels) {
        Answers.require(logits, labels);
        boolean[] first = Answers.firstHalf(logits);
        List<VectorScaling> scalings = new ArrayList<>();
        Cells own = new Cells();
        Cells calibrated = new Cells();
        for (int tag = 0; tag < head.size(); tag++) {
            int k = tag;
            float[] ofTag = column(logits, k);
            float[] has = column(labels, k);
            VectorScaling ofFirst = VectorScaling.fit(ofTag, ofHalf(has, first, true));
            VectorScaling ofSecond = VectorScaling.fit(ofTag, ofHalf(has, first, false));
            boolean isBetter = isEnough(has)
                    && isUsable(ofFirst)
                    && isUsable(ofSecond)
                    && gain(ofTag, has, first, ofFirst, ofSecond) > 0;
            VectorScaling scaling = isBetter ? VectorScaling.fit(ofTag, has) : VectorScaling.NONE;
            isBetter &= isUsable(scaling);
            scalings.add(isBetter ? scaling : VectorScaling.NONE);
            for (int i = 0; i < has.length; i++) {
                if (has[i] >= 0) {
                    own.add(ofTag[i], has[i]);
                    calibrated.add(isBetter ? (first[i] ? ofSecond : ofFirst).of(ofTag[i]) : ofTag[i], has[i]);
                }
            }
        }
        int images =
                (int) Arrays.stream(labels).filter(CalibrationFit::isLabelled).count();
        long kept = scalings.stream().filter(VectorScaling.NONE::equals).count();
        if (images < FEWEST) {
            return unchanged(head.name(), images, own.error(), tooFew(images));
        }
        if (kept == head.size()) {
            return unchanged(
                    head.name(),
                    images,
                    own.error(),
                    "no scale is better for images that it is not fitted on, or fewer than " + FEWEST_OF_TAG
                            + " images have or lack a tag");
        }
        return new CalibrationChoice(
                head.name(),
                images,
                Optional.of(new HeadCalibration.TagScales(
                        head.name(),
                        scalings.stream().map(VectorScaling::scale).toList(),
                        scalings.stream().map(VectorScaling::offset).toList())),
                own.error(),
                calibrated.error(),
                kept == 0 ? "" : kept + " of " + head.size() + " tags stay as they are");
    }

    private static boolean isLabelled(float[] row) {
        for (float label : row) {
            if (label >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEnough(float[] has) {
        int with = 0;
        int without = 0;
        for (float label : has) {
            with += label > 0 ? 1 : 0;
            without += label == 0 ? 1 : 0;
        }
        return with >= FEWEST_OF_TAG && without >= FEWEST_OF_TAG;
    }

    /**
     * Otherwise the tag is told no better than by luck, or the numbers are further off than a calibration should go.
     */
    private static boolean isUsable(VectorScaling scaling) {
        return scaling.scale() >= TemperatureScaling.LOWEST
                && scaling.scale() <= TemperatureScaling.HIGHEST
                && Math.abs(scaling.offset()) <= TemperatureScaling.HIGHEST;
    }

    private static double gain(
            float[] logits, float[] has, boolean[] first, VectorScaling ofFirst, VectorScaling ofSecond) {
        double gain = 0;
        for (int i = 0; i < has.length; i++) {
            if (has[i] >= 0) {
                double calibrated = (first[i] ? ofSecond : ofFirst).of(logits[i]);
                gain += loss(logits[i], has[i]) - loss(calibrated, has[i]);
            }
        }
        return gain;
    }

    private static double loss(double logit, float has) {
        return Answers.softplus(has > 0 ? -logit : logit);
    }

    private static float[] column(float[][] rows, int k) {
        float[] column = new float[rows.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = rows[i][k];
        }
        return column;
    }

    private static float[] ofHalf(float[] has, boolean[] first, boolean isFirst) {
        float[] half = new float[has.length];
        for (int i = 0; i < half.length; i++) {
            half[i] = first[i] == isFirst ? has[i] : Labels.MISSING;
        }
        return half;
    }

    private static String tooFew(int images) {
        return images + " labelled images are too few, it takes " + FEWEST;
    }

    private static CalibrationChoice unchanged(String head, int images, CalibrationError before, String remark) {
        return new CalibrationChoice(head, images, Optional.empty(), before, before, remark);
    }

    /** The probabilities of all tags of all images. */
    private static final class Cells {

        private final List<Double> probabilities = new ArrayList<>();
        private final List<Boolean> has = new ArrayList<>();

        private void add(double logit, float label) {
            probabilities.add(Answers.sigmoid(logit));
            has.add(label > 0);
        }

        private CalibrationError error() {
            boolean[] right = new boolean[has.size()];
            for (int i = 0; i < right.length; i++) {
                right[i] = has.get(i);
            }
            return CalibrationError.of(
                    probabilities.stream().mapToDouble(each -> each).toArray(), right);
        }
    }
}
