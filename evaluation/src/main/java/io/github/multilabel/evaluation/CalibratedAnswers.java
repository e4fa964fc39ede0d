package io.github.multilabel.evaluation;

import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.calibration.CalibrationChoice;
import io.github.multilabel.evaluation.calibration.CalibrationFit;
import io.github.multilabel.evaluation.internal.LogitRows;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.heads.HeadCalibration;
import io.github.multilabel.model.heads.HeadThreshold;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Chooses how the probabilities of a model are calibrated, so that of answers with a probability of 0.97, 97 of 100 are
 * right. A trainer does so at the end of a training; this is for saved models, and for other images than those of the
 * validation.
 *
 * <pre>{@code
 * List<CalibrationChoice> chosen = CalibratedAnswers.choose(model, unseen);
 * try (MultiLabelModel calibrated = model.withCalibration(CalibratedAnswers.calibration(chosen));
 *         MultiLabelModel same = calibrated.withThresholds(CalibratedAnswers.sameTags(chosen))) {
 *     same.save(Path.of("build/cars/calibrated"));
 * }
 * }</pre>
 */
public final class CalibratedAnswers {

    private CalibratedAnswers() {}

    /**
     * Chooses for each head: the temperature of a single-label head, of a multi-label head a scale and an offset for
     * each tag. The logits of all images are in memory meanwhile, 4 bytes for each category.
     *
     * @param model neither changed nor closed; whether it is calibrated now does not matter
     * @param data labelled images with the model's heads, in any order and beside others, best none that the model has
     *     learned from; not closed
     * @return for each head, in their order
     * @throws IllegalArgumentException if the data lacks a head of the model, or has no images
     * @throws IllegalStateException if the logits are NaN or infinite because the model's weights are not finite
     * @throws IOException if the data cannot be read, or none of its images can be used
     * @throws java.io.UncheckedIOException if an image cannot be used and the data set does not skip such images
     */
    public static List<CalibrationChoice> choose(MultiLabelModel model, MultiLabelDataset data) throws IOException {
        Given.require(model, "model", "e.g. MultiLabelModel.load(folder)");
        Given.require(data, "data", "a data set with labels, e.g. table.validation().build()");
        try (MultiLabelModel own = model.withCalibration(List.of())) {
            return choose(Evaluator.predictions(own, data));
        }
    }

    /**
     * Chooses by what a model that is not calibrated said of labelled images.
     *
     * @return for each head, in their order
     */
    public static List<CalibrationChoice> choose(Predictions predictions) {
        Given.require(predictions, "predictions", "e.g. Evaluator.predictions(model, unseen)");
        return predictions.all().stream()
                .map(head -> head.when(
                        single -> CalibrationFit.single(
                                head.head().name(), LogitRows.logits(single), LogitRows.labels(single)),
                        multi -> CalibrationFit.multi(head.head(), LogitRows.logits(multi), LogitRows.labels(multi))))
                .toList();
    }

    /** What was chosen, for {@link MultiLabelModel#withCalibration}. */
    public static List<HeadCalibration> calibration(List<CalibrationChoice> choices) {
        return choices.stream()
                .map(CalibrationChoice::calibration)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * The thresholds, for {@link MultiLabelModel#withThresholds}, by which a calibrated model predicts the tags that it
     * predicted before: a tag whose logit was above 0.
     */
    public static List<HeadThreshold> sameTags(List<CalibrationChoice> choices) {
        return calibration(choices).stream()
                .flatMap(each -> each
                        .<Optional<HeadThreshold>>when(
                                single -> Optional.empty(),
                                multi -> Optional.of(new HeadThreshold.OfTags(
                                        multi.head(),
                                        multi.offsets().stream()
                                                .map(offset -> 1 / (1 + Math.exp(-offset)))
                                                .toList())))
                        .stream())
                .toList();
    }
}
