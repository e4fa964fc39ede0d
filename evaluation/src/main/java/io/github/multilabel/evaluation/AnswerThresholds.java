package io.github.multilabel.evaluation;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.calibration.AbstentionChoice;
import io.github.multilabel.evaluation.calibration.AbstentionFit;
import io.github.multilabel.evaluation.calibration.TagThresholds;
import io.github.multilabel.evaluation.internal.LogitRows;
import io.github.multilabel.evaluation.predictions.PredictedHead;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.predictions.SingleLabelPredictions;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.heads.HeadThreshold;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Chooses from which probability on heads answer: single-label heads so that their answers are right with a precision
 * that is wished, and are "unknown" otherwise; tags where their F1 is highest. A trainer does so at the end of a
 * training if it is asked to; this is for saved models, and for other images than those of the validation. If a model
 * is to be calibrated, that comes first.
 *
 * <pre>{@code
 * Map<String, AbstentionChoice> chosen = AnswerThresholds.unknown(model, unseen, 0.98);
 * try (MultiLabelModel careful = model.withThresholds(AnswerThresholds.ofUnknown(chosen))) {
 *     careful.save(Path.of("build/cars/careful"));
 * }
 * }</pre>
 */
public final class AnswerThresholds {

    private AnswerThresholds() {}

    /**
     * Chooses for each single-label head from which probability on it answers, see {@link AbstentionFit}.
     *
     * @param model neither changed nor closed; its thresholds fit the answers that it gives now
     * @param data labelled images with the model's heads, in any order and beside others, best none that the model has
     *     learned from; not closed
     * @param precision the wished fraction of right answers, in (0, 1)
     * @return by the name of the head, in their order; none of heads of which no threshold is shown to keep it
     * @throws IllegalArgumentException if the precision is outside its range, or the data lacks a head of the model, or
     *     has no images
     * @throws IllegalStateException if the logits are NaN or infinite because the model's weights are not finite
     * @throws IOException if the data cannot be read, or none of its images can be used
     * @throws java.io.UncheckedIOException if an image cannot be used and the data set does not skip such images
     */
    public static Map<String, AbstentionChoice> unknown(MultiLabelModel model, MultiLabelDataset data, double precision)
            throws IOException {
        requireGiven(model, data);
        var unused = AbstentionFit.choose(new double[0], new boolean[0], precision); // before the images are read
        return unknown(Evaluator.predictions(model, data), precision);
    }

    /**
     * Chooses by what a model said of labelled images.
     *
     * @param precision the wished fraction of right answers, in (0, 1)
     * @return by the name of the head, in their order; none of heads of which no threshold is shown to keep it
     * @throws IllegalArgumentException if the precision is outside its range
     */
    public static Map<String, AbstentionChoice> unknown(Predictions predictions, double precision) {
        requireGiven(predictions);
        Map<String, AbstentionChoice> chosen = new LinkedHashMap<>();
        for (PredictedHead head : predictions.all()) {
            // each tag of a multi-label head may be answered or not as it is
            head.<Optional<AbstentionChoice>>when(single -> unknown(single, precision), multi -> Optional.empty())
                    .ifPresent(choice -> chosen.put(head.head().name(), choice));
        }
        return chosen;
    }

    private static Optional<AbstentionChoice> unknown(SingleLabelPredictions head, double precision) {
        int[] known = IntStream.range(0, head.size())
                .filter(row -> !head.isMissing(row))
                .toArray();
        double[] probabilities = new double[known.length];
        boolean[] isRight = new boolean[known.length];
        for (int i = 0; i < known.length; i++) {
            int best = head.best(known[i]);
            probabilities[i] = head.probabilities(known[i])[best];
            isRight[i] = head.isRight(known[i], best);
        }
        return AbstentionFit.choose(probabilities, isRight, precision);
    }

    /** What was chosen, for {@link MultiLabelModel#withThresholds}. */
    public static List<HeadThreshold> ofUnknown(Map<String, AbstentionChoice> choices) {
        return choices.entrySet().stream()
                .<HeadThreshold>map(each -> new HeadThreshold.UnknownBelow(
                        each.getKey(),
                        each.getValue().threshold(),
                        each.getValue().wished()))
                .toList();
    }

    /**
     * Chooses for each tag of each multi-label head from which probability on it is predicted, see
     * {@link TagThresholds}. Of tags with too few images the present threshold stays.
     *
     * @param model neither changed nor closed; its thresholds fit the answers that it gives now
     * @param data labelled images with the model's heads, in any order and beside others, best none that the model has
     *     learned from; not closed
     * @return by the name of the head, in their order, the tags in the order of the head
     * @throws IllegalArgumentException if the data lacks a head of the model, or has no images
     * @throws IllegalStateException if the logits are NaN or infinite because the model's weights are not finite
     * @throws IOException if the data cannot be read, or none of its images can be used
     * @throws java.io.UncheckedIOException if an image cannot be used and the data set does not skip such images
     */
    public static Map<String, List<TagThresholds.Tag>> tags(MultiLabelModel model, MultiLabelDataset data)
            throws IOException {
        requireGiven(model, data);
        return tags(Evaluator.predictions(model, data));
    }

    /**
     * Chooses by what a model said of labelled images. Of tags with too few images the present threshold stays, see
     * {@link Predictions#thresholds}.
     *
     * @return by the name of the head, in their order, the tags in the order of the head
     */
    public static Map<String, List<TagThresholds.Tag>> tags(Predictions predictions) {
        requireGiven(predictions);
        Map<String, List<TagThresholds.Tag>> chosen = new LinkedHashMap<>();
        for (PredictedHead head : predictions.all()) {
            // a single-label head answers with its best category
            head.<Optional<List<TagThresholds.Tag>>>when(
                            single -> Optional.empty(),
                            multi -> Optional.of(TagThresholds.choose(
                                    LogitRows.logits(multi),
                                    LogitRows.labels(multi),
                                    usual(multi.head(), predictions.thresholds()))))
                    .ifPresent(tags -> chosen.put(head.head().name(), tags));
        }
        return chosen;
    }

    private static void requireGiven(Predictions predictions) {
        Given.require(predictions, "predictions", "e.g. Evaluator.predictions(model, validation)");
    }

    private static List<Double> usual(Head head, List<HeadThreshold> present) {
        List<Double> usual = Collections.nCopies(head.size(), HeadThreshold.USUAL_OF_TAGS);
        return present.stream()
                .filter(each -> each.head().equals(head.name()))
                .findFirst()
                .map(each -> each.when(single -> usual, HeadThreshold.OfTags::thresholds))
                .orElse(usual);
    }

    /** What was chosen, for {@link MultiLabelModel#withThresholds}. */
    public static List<HeadThreshold> ofTags(Map<String, List<TagThresholds.Tag>> choices) {
        return choices.entrySet().stream()
                .<HeadThreshold>map(each -> new HeadThreshold.OfTags(
                        each.getKey(),
                        each.getValue().stream()
                                .map(TagThresholds.Tag::threshold)
                                .toList()))
                .toList();
    }

    private static void requireGiven(MultiLabelModel model, MultiLabelDataset data) {
        Given.require(model, "model", "e.g. MultiLabelModel.load(folder)");
        Given.require(data, "data", "a data set with labels, e.g. table.validation().build()");
    }
}
