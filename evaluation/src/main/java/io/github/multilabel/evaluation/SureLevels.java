package io.github.multilabel.evaluation;

import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.internal.LogitRows;
import io.github.multilabel.evaluation.internal.SureFits;
import io.github.multilabel.evaluation.metrics.SureChoice;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.heads.SureAnswers;
import java.io.IOException;
import java.util.List;

/**
 * Chooses from which probability on the heads of a hierarchy are sure, so that an application can answer at the level
 * that is: "at least it is a BMW". This is hierarchical selective classification (Goren et al. 2024); the predictions
 * of a model that knows its thresholds have them in {@link io.github.multilabel.model.prediction.Prediction#sure}.
 *
 * <pre>{@code
 * List<SureChoice> chosen = SureLevels.choose(model, validation, 0.95);
 * try (MultiLabelModel sure = model.withSureAnswers(SureLevels.answers(chosen))) {
 *     sure.save(Path.of("build/cars/sure"));
 * }
 * }</pre>
 */
public final class SureLevels {

    private SureLevels() {}

    /**
     * Chooses the smallest thresholds at which the sure answers are right with a precision, each answer at the most
     * specific level of its image that is sure. To keep it on other images too, more than this fraction of the answers
     * to these is right: so much that it would be luck at most once in 20 times otherwise. If the images were used to
     * train the model or to choose its epoch, precision looks better on them than it is.
     *
     * @param model neither changed nor closed; its thresholds fit the answers that it gives now, see
     *     {@link MultiLabelModel#jointDecoding} and {@link MultiLabelModel#isTestTimeFlip}
     * @param data labelled images with the model's heads, in any order and beside others; not closed
     * @param precision that is wished, in (0, 1)
     * @return for each hierarchy; none for one of which no threshold keeps it, as with too few images
     * @throws IllegalArgumentException if no head of the model determines others, the precision is outside its range,
     *     or the data lacks a head of the model, or has no images
     * @throws IllegalStateException if the logits are NaN or infinite because the model's weights are not finite
     * @throws IOException if the data cannot be read, or none of its images can be used
     * @throws java.io.UncheckedIOException if an image cannot be used and the data set does not skip such images
     */
    public static List<SureChoice> choose(MultiLabelModel model, MultiLabelDataset data, double precision)
            throws IOException {
        Given.require(model, "model", "e.g. MultiLabelModel.load(folder)");
        Given.require(data, "data", "a data set with labels, e.g. table.validation().build()");
        if (model.heads().hierarchy().isEmpty()) {
            throw new IllegalArgumentException("no head of " + model.heads().names()
                    + " is known to determine another; HeadSet.withParent says so before a training");
        }
        SureFits fits = new SureFits(model.heads());
        var unused = fits.choices(precision); // before the images are read
        LogitRows.show(Evaluator.predictions(model, data), List.of(fits));
        return fits.choices(precision);
    }

    /** What was chosen, for {@link MultiLabelModel#withSureAnswers}. */
    public static List<SureAnswers> answers(List<SureChoice> choices) {
        return choices.stream()
                .map(choice -> new SureAnswers(choice.finest(), choice.threshold(), choice.wished()))
                .toList();
    }
}
