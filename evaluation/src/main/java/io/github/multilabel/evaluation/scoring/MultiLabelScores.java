package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.core.Head;
import java.util.List;
import java.util.function.Function;

/**
 * The metrics of a multi-label head that need probabilities. Immutable.
 *
 * @param head with its tags
 * @param brier see {@link HeadScores#brier}
 * @param means see {@link HeadScores#means}
 * @param categories see {@link HeadScores#categories}
 */
public record MultiLabelScores(Head head, double brier, RankMetrics means, List<RankMetrics> categories)
        implements HeadScores {

    /** Copies the list. */
    public MultiLabelScores {
        categories = List.copyOf(categories);
    }

    @Override
    public <R> R when(Function<SingleLabelScores, R> single, Function<MultiLabelScores, R> multi) {
        return multi.apply(this);
    }
}
