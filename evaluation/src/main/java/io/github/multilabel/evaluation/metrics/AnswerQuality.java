package io.github.multilabel.evaluation.metrics;

/**
 * How good the answers of several heads are.
 *
 * @param meanAccuracy the mean over the heads of the fraction of images for which theirs is right
 * @param exactMatch the fraction of the images for which the answers of all heads are right
 */
public record AnswerQuality(double meanAccuracy, double exactMatch) {

    /** Whether more answers are right, or as many and more images are right in all heads. */
    public boolean isBetterThan(AnswerQuality other) {
        return meanAccuracy > other.meanAccuracy || meanAccuracy == other.meanAccuracy && exactMatch > other.exactMatch;
    }
}
