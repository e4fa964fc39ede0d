package io.github.multilabel.training;

import java.util.List;

/**
 * What a training did, epoch by epoch.
 *
 * @param history one report per epoch, in order, at least one
 * @param bestEpoch the number (from 1) of the epoch with the highest mean accuracy on the validation images, the first
 *     of equals; an undefined accuracy is never best. Without validation images, or without any defined accuracy, the
 *     last epoch
 */
public record TrainingResult(List<EpochReport> history, int bestEpoch) {

    /** @throws IllegalArgumentException if the best epoch is not one of the history */
    public TrainingResult {
        history = List.copyOf(history);
        if (bestEpoch < 1 || bestEpoch > history.size()) {
            throw new IllegalArgumentException(
                    "best epoch " + bestEpoch + " is not one of the " + history.size() + " epochs of the history");
        }
    }

    /** The report of the best epoch. */
    public EpochReport best() {
        return history.get(bestEpoch - 1);
    }

    /** The report of the last epoch. */
    public EpochReport last() {
        return history.get(history.size() - 1);
    }
}
