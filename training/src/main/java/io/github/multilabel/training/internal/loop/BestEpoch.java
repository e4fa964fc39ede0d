package io.github.multilabel.training.internal.loop;

import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.internal.settings.MonitorRule;

/**
 * Remembers which epoch was the best so far, and for how long none was better. An undefined number is never best and
 * never a gain, and does not count against the patience.
 */
final class BestEpoch {

    private final MonitorRule rule;
    private double best = Double.NaN;
    private int epoch;
    /** What the patience compares with: the best, less gains too small to count. */
    private double reference = Double.NaN;

    private int waited;

    BestEpoch(MonitorRule rule) {
        this.rule = rule;
    }

    /** Whether this epoch is better than all before. */
    boolean improves(EpochReport report) {
        double now = rule.of(report);
        if (isGain(now, reference, rule.minDelta())) {
            waited = 0;
            reference = now;
        } else if (!Double.isNaN(now)) {
            waited++;
        }
        if (!isGain(now, best, 0)) {
            return false;
        }
        best = now;
        epoch = report.epoch();
        return true;
    }

    private boolean isGain(double now, double before, double least) {
        return !Double.isNaN(now) && (Double.isNaN(before) || rule.metric().gain(now, before) > least);
    }

    /** The patience counts from here. */
    void waitAnew() {
        waited = 0;
    }

    /** Whether the patience is over. */
    boolean isOverdue() {
        return rule.part().isPresent() && waited >= rule.patience();
    }

    /**
     * A sentence for people, for example {@code validation_loss did not improve for 2 epochs (best 0.87 in epoch 3)}.
     */
    String whyOverdue() {
        return rule + " did not improve"
                + (rule.minDelta() > 0 ? " by more than " + rule.minDelta() : "")
                + " for " + rule.patience() + (rule.patience() == 1 ? " epoch" : " epochs")
                + (epoch == 0 ? "" : " (best " + Math.round(best * 1e4) / 1e4 + " in epoch " + epoch + ")");
    }

    /** The number of the best epoch; {@code last} if none had a defined number. */
    int orElse(int last) {
        return epoch == 0 ? last : epoch;
    }
}
