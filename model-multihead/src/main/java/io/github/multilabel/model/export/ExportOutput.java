package io.github.multilabel.model.export;

import io.github.multilabel.core.Head;
import io.github.multilabel.model.prediction.HeadPrediction;

/** What an exported model gives for each head: (N, K) float32, K being the categories of the head in order. */
public enum ExportOutput {
    /**
     * Those that a predictor of this library makes its probabilities of, by softmax or, of tags, sigmoid: averaged over
     * mirror images, joint and calibrated where the model is.
     */
    LOGITS,
    /** The probabilities that a predictor of this library gives, each in [0, 1]. */
    PROBABILITIES;

    /** Half the distance of float32 below 1: a probability that was rounded to 1 is no farther from it. */
    private static final double BELOW_ONE = 0x1p-25;

    /** The expression of a program text for this, from that for logits. */
    String expression(Head head, String logits) {
        return switch (this) {
            case LOGITS -> logits;
            case PROBABILITIES ->
                switch (head.kind()) {
                    case SINGLE_LABEL -> "torch.softmax(" + logits + ", 1)";
                    case MULTI_LABEL -> "torch.sigmoid(" + logits + ")";
                };
        };
    }

    /** Returns the name in descriptions, which are kept. */
    public String inFiles() {
        return switch (this) {
            case LOGITS -> "LOGITS";
            case PROBABILITIES -> "PROBABILITIES";
        };
    }

    /**
     * Makes logits of what an exported model gives for images: of probabilities their natural logarithm or, of tags,
     * their log odds, from which softmax and sigmoid make the same probabilities again.
     *
     * @param values a number for each category of any images
     * @return as many
     */
    public float[] logits(Head head, float... values) {
        return switch (this) {
            case LOGITS -> values;
            case PROBABILITIES -> {
                float[] logits = new float[values.length];
                for (int k = 0; k < logits.length; k++) {
                    double log = Math.log(Math.max(values[k], Float.MIN_VALUE));
                    logits[k] = (float)
                            switch (head.kind()) {
                                case SINGLE_LABEL -> log;
                                case MULTI_LABEL -> log - Math.log(Math.max(1 - (double) values[k], BELOW_ONE));
                            };
                }
                yield logits;
            }
        };
    }

    /**
     * Makes the answer of a head of what an exported model gives for an image.
     *
     * @param values (K), one for each category
     * @throws IllegalStateException if a value is not finite, or no probability
     */
    public HeadPrediction answer(Head head, float... values) {
        return switch (this) {
            case LOGITS -> HeadPrediction.fromLogits(head, values);
            case PROBABILITIES -> HeadPrediction.fromProbabilities(head, values);
        };
    }
}
