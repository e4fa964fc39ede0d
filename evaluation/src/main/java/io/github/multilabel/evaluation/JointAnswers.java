package io.github.multilabel.evaluation;

import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.internal.JointFits;
import io.github.multilabel.evaluation.internal.LogitRows;
import io.github.multilabel.evaluation.metrics.JointChoice;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.heads.JointDecoding;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Chooses how the heads of hierarchies answer together. A trainer does so at the end of a training; this is for saved
 * models, and for other images than those of the validation.
 *
 * <pre>{@code
 * try (MultiLabelModel model = MultiLabelModel.load(Path.of("build/cars/model"));
 *         MultiLabelModel together = model.withJointDecoding(JointAnswers.decodings(JointAnswers.choose(model, data)))) {
 *     together.save(Path.of("build/cars/together"));
 * }
 * }</pre>
 */
public final class JointAnswers {

    private JointAnswers() {}

    /**
     * Chooses by the mean accuracy of the heads of a hierarchy, and then by the fraction of images for which all of
     * them are right. What is chosen on images looks a little better on them than on others, so these are best none
     * that the model has learned from.
     *
     * @param model neither changed nor closed; how its heads answer now does not matter
     * @param data labelled images with the model's heads, in any order and beside others; not closed
     * @return one choice for each hierarchy, none for those of which no image has all labels; a head that two finest
     *     ones determine answers with the first of them ({@link JointChoice#leftOut})
     * @throws IllegalArgumentException if no head of the model determines others, or the data lacks a head of the
     *     model, or has no images
     * @throws IllegalStateException if the logits are NaN or infinite because the model's weights are not finite
     * @throws IOException if the data cannot be read, or none of its images can be used
     * @throws java.io.UncheckedIOException if an image cannot be used and the data set does not skip such images
     */
    public static List<JointChoice> choose(MultiLabelModel model, MultiLabelDataset data) throws IOException {
        Given.require(model, "model", "e.g. MultiLabelModel.load(folder)");
        Given.require(data, "data", "a data set with labels, e.g. table.validation().build()");
        if (model.heads().hierarchy().isEmpty()) {
            throw new IllegalArgumentException("no head of " + model.heads().names()
                    + " is known to determine another; HeadSet.withParent says so before a training");
        }
        JointFits fits = new JointFits(model.heads(), Set.of());
        try (MultiLabelModel own = model.withJointDecoding(List.of())) {
            LogitRows.show(Evaluator.predictions(own, data), List.of(fits));
            return fits.choices();
        }
    }

    /** What is better together, for {@link MultiLabelModel#withJointDecoding}. */
    public static List<JointDecoding> decodings(List<JointChoice> choices) {
        return choices.stream()
                .filter(JointChoice::isTogether)
                .map(choice -> new JointDecoding(choice.finest(), choice.powers()))
                .toList();
    }
}
