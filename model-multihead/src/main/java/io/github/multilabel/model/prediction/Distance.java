package io.github.multilabel.model.prediction;

/**
 * How far an image is from those that a model has learned from.
 *
 * @param value 0 or more, around 1 for usual images
 * @param threshold above which it is unusual
 */
public record Distance(double value, double threshold) {

    /** Whether the image is unusual. */
    public boolean isUnusual() {
        return value > threshold;
    }
}
