package io.github.multilabel.evaluation.calibration;

/**
 * The scaling of one tag (Platt 1999, as Lin, Lin and Weng 2007 solve it): its logit becomes {@code scale x logit +
 * offset}, by which its labels are most probable. To keep the numbers finite where the labels can be told apart without
 * a mistake, P images with the tag count as (P + 1) / (P + 2) of one, M without as 1 / (M + 2). Immutable.
 *
 * @param scale what the logit is multiplied by
 * @param offset what is added then
 */
public record VectorScaling(double scale, double offset) {

    /** Changes nothing. */
    public static final VectorScaling NONE = new VectorScaling(1, 0);

    private static final int MOST_STEPS = 100;

    /**
     * Fits one tag.
     *
     * @param logits (N) of the tag; not changed
     * @param labels (N): 1 for an image with the tag, 0 without, below 0 where it is missing
     * @return {@link #NONE} if all images have it or none has; a scale that is not above 0 says that the logits tell
     *     the tag no better than luck
     * @throws IllegalArgumentException if the arrays differ in length, or a logit is not finite
     */
    public static VectorScaling fit(float[] logits, float[] labels) {
        Answers.require(new float[][] {logits}, new float[][] {labels});
        int with = 0;
        int without = 0;
        for (float label : labels) {
            with += label > 0 ? 1 : 0;
            without += label == 0 ? 1 : 0;
        }
        if (with == 0 || without == 0) {
            return NONE;
        }
        double high = (with + 1.0) / (with + 2);
        double low = 1.0 / (without + 2);
        VectorScaling best = new VectorScaling(0, Math.log((with + 1.0) / (without + 1)));
        double loss = best.loss(logits, labels, low, high);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] move = best.newton(logits, labels, low, high);
            double size = 1;
            VectorScaling next = best;
            double nextLoss = loss;
            do { // a full step can go too far
                VectorScaling tried = new VectorScaling(best.scale + size * move[0], best.offset + size * move[1]);
                double triedLoss = tried.loss(logits, labels, low, high);
                if (triedLoss < nextLoss) {
                    next = tried;
                    nextLoss = triedLoss;
                }
                size /= 2;
            } while (next == best && size > 1e-10);
            if (next == best) {
                return best;
            }
            best = next;
            loss = nextLoss;
        }
        return best;
    }

    private double loss(float[] logits, float[] labels, double low, double high) {
        double loss = 0;
        for (int i = 0; i < logits.length; i++) {
            if (labels[i] >= 0) {
                double logit = of(logits[i]);
                loss += Answers.softplus(logit) - (labels[i] > 0 ? high : low) * logit;
            }
        }
        return loss;
    }

    /** The step to the minimum of the parabola that touches the loss here. */
    private double[] newton(float[] logits, float[] labels, double low, double high) {
        double byScale = 0;
        double byOffset = 0;
        double scales = 1e-12; // never singular
        double offsets = 1e-12;
        double both = 0;
        for (int i = 0; i < logits.length; i++) {
            if (labels[i] >= 0) {
                double p = Answers.sigmoid(of(logits[i]));
                double gap = p - (labels[i] > 0 ? high : low);
                double curve = p * (1 - p);
                byScale += gap * logits[i];
                byOffset += gap;
                scales += curve * logits[i] * logits[i];
                offsets += curve;
                both += curve * logits[i];
            }
        }
        double determinant = scales * offsets - both * both;
        return new double[] {
            -(offsets * byScale - both * byOffset) / determinant, -(scales * byOffset - both * byScale) / determinant
        };
    }

    /** The calibrated logit. */
    public double of(double logit) {
        return scale * logit + offset;
    }
}
