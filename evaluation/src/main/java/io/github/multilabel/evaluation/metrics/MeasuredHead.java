package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.Head;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Implements what single-label and multi-label heads have in common. */
abstract sealed class MeasuredHead implements HeadMetrics permits SingleLabelHeadMetrics, MultiLabelHeadMetrics {

    private final Head head;
    private final double loss;
    private final HeadSummary summary;
    /** Null if only the summary is known. */
    private final @Nullable List<CategoryMetrics> categories;

    MeasuredHead(Head head, double loss, HeadSummary summary, @Nullable List<CategoryMetrics> categories) {
        this.head = head;
        this.loss = loss;
        this.summary = summary;
        this.categories = categories;
    }

    /** The counts from which these metrics are computed. */
    abstract HeadCounts counts();

    final HeadSummary summary() {
        return summary;
    }

    @Override
    public final Head head() {
        return head;
    }

    @Override
    public final double loss() {
        return loss;
    }

    @Override
    public final double accuracy() {
        return summary.accuracy();
    }

    @Override
    public final long support() {
        return summary.support();
    }

    @Override
    public final long nonFinite() {
        return summary.nonFinite();
    }

    @Override
    public final Averages macro() {
        return summary.macro();
    }

    @Override
    public final Averages weighted() {
        return summary.weighted();
    }

    @Override
    public final boolean isDetailed() {
        return categories != null;
    }

    @Override
    public final List<CategoryMetrics> categories() {
        if (categories == null) {
            throw HeadSummary.forgotten(this);
        }
        return categories;
    }

    @Override
    public final String toString() {
        return Tables.row(this);
    }
}
