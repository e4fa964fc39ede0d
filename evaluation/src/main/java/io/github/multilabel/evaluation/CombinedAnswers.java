package io.github.multilabel.evaluation;

import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.internal.CombinationFit;
import io.github.multilabel.evaluation.internal.LogitRows;
import io.github.multilabel.evaluation.metrics.CombinationChoice;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.combination.Combinations;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Chooses how much each head counts where all are answered together. A trainer with {@code optCombinations} does so at
 * the end of a training; this is for saved models.
 *
 * <pre>{@code
 * Optional<CombinationChoice> choice = CombinedAnswers.choose(model, combinations, validation);
 * MultiLabelModel together = model.withCombinations(Optional.of(
 *         combinations.withExponents(choice.map(CombinationChoice::exponents).orElse(Map.of()))));
 * }</pre>
 */
public final class CombinedAnswers {

    private CombinedAnswers() {}

    /**
     * Chooses the exponents by the fraction of images for which all heads are right, then by the probability of what is
     * right.
     *
     * @param model neither changed nor closed
     * @param combinations for heads of the model, learned from its training images
     * @param data labelled images with the model's heads, in any order and beside others, best none that the model has
     *     learned from; not closed
     * @return empty if no image has the labels of all heads
     * @throws IllegalArgumentException if the combinations are for other heads, or the data lacks a head of the model,
     *     or has no images
     * @throws IllegalStateException if the logits are NaN or infinite because the model's weights are not finite
     * @throws IOException if the data cannot be read, or none of its images can be used
     * @throws java.io.UncheckedIOException if an image cannot be used and the data set does not skip such images
     */
    public static Optional<CombinationChoice> choose(
            MultiLabelModel model, Combinations combinations, MultiLabelDataset data) throws IOException {
        Given.require(model, "model", "e.g. MultiLabelModel.load(folder)");
        Given.require(combinations, "combinations", "e.g. learner.learn()");
        Given.require(data, "data", "a data set with labels, e.g. table.validation().build()");
        CombinationFit fit = new CombinationFit(model.heads(), combinations.forHeads(model.heads()));
        LogitRows.show(Evaluator.predictions(model, data), List.of(fit));
        return fit.best();
    }
}
