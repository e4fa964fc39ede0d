package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.core.Head;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The metrics of a single-label head that need probabilities. Immutable. */
public final class SingleLabelScores implements HeadScores {

    private final Head head;
    private final double brier;
    private final RankMetrics means;
    private final List<RankMetrics> categories;
    private final CellCounts.Counted ranks;

    SingleLabelScores(
            Head head, double brier, RankMetrics means, List<RankMetrics> categories, CellCounts.Counted ranks) {
        this.head = head;
        this.brier = brier;
        this.means = means;
        this.categories = categories;
        this.ranks = ranks;
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public double brier() {
        return brier;
    }

    @Override
    public RankMetrics means() {
        return means;
    }

    @Override
    public List<RankMetrics> categories() {
        return categories;
    }

    /**
     * The fraction of the labelled images whose category is among the k most probable, as scikit-learn's
     * {@code top_k_accuracy_score}: of equal logits, that of the later category is the higher.
     *
     * @param k at least 1; all are among as many as there are categories
     * @return 0..1; NaN if no image is labelled
     * @throws IllegalArgumentException if k is below 1
     */
    public double topAccuracy(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("top-k accuracy needs a k of at least 1, got " + k);
        }
        return HeadOutcomes.mean(
                IntStream.range(0, Math.min(k, head.size()))
                        .mapToLong(ranks::of)
                        .sum(),
                ranks.total());
    }

    @Override
    public <R> R when(Function<SingleLabelScores, R> single, Function<MultiLabelScores, R> multi) {
        return single.apply(this);
    }
}
