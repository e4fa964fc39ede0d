package io.github.multilabel.training.event;

import io.github.multilabel.training.MultiLabelTrainerBuilder;
import java.util.List;

/**
 * What a training did, epoch by epoch.
 *
 * @param history one report per epoch that is over, in order; empty only if the training was stopped in its first.
 *     Where heads have many categories (together more than 2,000 categories and cells of confusion matrices that
 *     occur), only the best and the last epoch have those; see
 *     {@link io.github.multilabel.evaluation.metrics.HeadMetrics#isDetailed}
 * @param bestEpoch the number (from 1) of the best epoch, the first of equals, by the metric of
 *     {@link MultiLabelTrainerBuilder#optMonitor}; an undefined number is never best. The last epoch if there is none,
 *     or nothing was watched because there were no validation images; 0 if the history is empty
 * @param stopReason why the training ended
 */
public record TrainingResult(List<EpochReport> history, int bestEpoch, StopReason stopReason) {

    /** @throws IllegalArgumentException if the best epoch is not one of the history */
    public TrainingResult {
        history = List.copyOf(history);
        if (bestEpoch < Math.min(1, history.size()) || bestEpoch > history.size()) {
            throw new IllegalArgumentException(
                    "best epoch " + bestEpoch + " is not one of the " + history.size() + " epochs of the history");
        }
    }

    /**
     * The report of the best epoch.
     *
     * @throws IllegalStateException if no epoch is over
     */
    public EpochReport best() {
        return report(bestEpoch);
    }

    /**
     * The report of the last epoch.
     *
     * @throws IllegalStateException if no epoch is over
     */
    public EpochReport last() {
        return report(history.size());
    }

    private EpochReport report(int epoch) {
        if (epoch == 0) {
            throw new IllegalStateException("the training was stopped before its first epoch was over");
        }
        return history.get(epoch - 1);
    }
}
