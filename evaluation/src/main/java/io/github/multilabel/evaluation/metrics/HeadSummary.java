package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.Head;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import java.util.List;

/**
 * The metrics of a head, without its loss, that are kept when its categories are not.
 *
 * @param accuracy see {@link HeadMetrics#accuracy}
 * @param support see {@link HeadMetrics#support}
 * @param nonFinite see {@link HeadMetrics#nonFinite}
 * @param macro see {@link HeadMetrics#macro}
 * @param weighted see {@link HeadMetrics#weighted}
 */
record HeadSummary(double accuracy, long support, long nonFinite, Averages macro, Averages weighted) {

    /** Averages over the categories of a head. */
    static HeadSummary of(double accuracy, long support, long nonFinite, List<CategoryMetrics> categories) {
        return nonFinite == 0
                ? new HeadSummary(accuracy, support, 0, Averages.macro(categories), Averages.weighted(categories))
                : new HeadSummary(Double.NaN, support, nonFinite, Averages.UNDEFINED, Averages.UNDEFINED);
    }

    static HeadSummary of(HeadCounts.Summary counts) {
        return new HeadSummary(
                counts.accuracy(),
                counts.support(),
                counts.nonFinite(),
                Averages.of(counts.macro()),
                Averages.of(counts.weighted()));
    }

    HeadCounts.Summary counts(Head head, double loss, double hammingAccuracy, double top5Accuracy) {
        return new HeadCounts.Summary(
                head,
                loss,
                accuracy,
                support,
                nonFinite,
                macro.means(),
                weighted.means(),
                hammingAccuracy,
                top5Accuracy);
    }

    static IllegalStateException forgotten(HeadMetrics metrics) {
        return new IllegalStateException("of head '" + metrics.head().name() + "' only loss, accuracy and averages are"
                + " kept in this evaluation, because it has " + metrics.head().size()
                + " categories: the history of a training keeps those of its best and its last epoch, and a listener"
                + " sees those of each epoch when it is over");
    }
}
