package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.Head;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import java.util.List;

/**
 * What is known of a head beside its loss when its categories are forgotten.
 *
 * @param accuracy see {@link HeadMetrics#accuracy}
 * @param support see {@link HeadMetrics#support}
 * @param unanswered see {@link HeadMetrics#unanswered}
 * @param macro see {@link HeadMetrics#macro}
 * @param weighted see {@link HeadMetrics#weighted}
 */
record HeadSummary(double accuracy, long support, long unanswered, Averages macro, Averages weighted) {

    /** Of a head whose categories are known. */
    static HeadSummary of(double accuracy, long support, long unanswered, List<CategoryMetrics> categories) {
        return unanswered == 0
                ? new HeadSummary(accuracy, support, 0, Averages.macro(categories), Averages.weighted(categories))
                : new HeadSummary(Double.NaN, support, unanswered, Averages.UNDEFINED, Averages.UNDEFINED);
    }

    static HeadSummary of(HeadCounts.Summary counts) {
        return new HeadSummary(
                counts.accuracy(),
                counts.support(),
                counts.unanswered(),
                Averages.of(counts.macro()),
                Averages.of(counts.weighted()));
    }

    HeadCounts.Summary counts(Head head, double loss, double hammingAccuracy) {
        return new HeadCounts.Summary(
                head, loss, accuracy, support, unanswered, macro.means(), weighted.means(), hammingAccuracy);
    }

    static IllegalStateException forgotten(HeadMetrics metrics) {
        return new IllegalStateException("of head '" + metrics.head().name() + "' only loss, accuracy and averages are"
                + " kept in this evaluation, because it has " + metrics.head().size()
                + " categories: the history of a training keeps those of its best and its last epoch, and a listener"
                + " sees those of each epoch when it is over");
    }
}
