package io.github.multilabel.training;

import io.github.multilabel.training.metrics.Evaluation;

/** Remembers which epoch had the highest mean accuracy on the validation images. NaN is never best. */
final class BestEpoch {

    private double accuracy = Double.NEGATIVE_INFINITY;
    private int epoch;

    /** Whether this epoch is better than all before. */
    boolean improves(EpochReport report) {
        double now = report.validation().map(Evaluation::meanAccuracy).orElse(Double.NaN);
        if (!(now > accuracy)) {
            return false;
        }
        accuracy = now;
        epoch = report.epoch();
        return true;
    }

    /** The number of the best epoch; {@code last} if none had a defined accuracy. */
    int orElse(int last) {
        return epoch == 0 ? last : epoch;
    }
}
