package io.github.multilabel.evaluation;

import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.predictions.PredictedHead;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.ModelAnswers;
import io.github.multilabel.model.drift.AnswerReference;
import java.util.stream.IntStream;

/**
 * Makes the reference with which later answers of a model are compared. A trainer does so at the end of a training;
 * this is for saved models, and for other images than those of the validation.
 *
 * <pre>{@code
 * AnswerReference reference = AnswerReferences.of(Evaluator.predictions(model, validation));
 * try (MultiLabelModel watched = model.withAnswerReference(Optional.of(reference))) {
 *     watched.save(Path.of("build/cars/watched"));
 * }
 * }</pre>
 */
public final class AnswerReferences {

    private AnswerReferences() {}

    /**
     * Counts what a model answered.
     *
     * @param predictions of it, with its calibration and thresholds
     */
    public static AnswerReference of(Predictions predictions) {
        Given.require(predictions, "predictions", "e.g. Evaluator.predictions(model, validation)");
        ModelAnswers answers = ModelAnswers.of(predictions.heads(), predictions.thresholds());
        return AnswerReference.of(IntStream.range(0, predictions.size())
                .mapToObj(row -> answers.prediction(
                        predictions.source(row),
                        predictions.all().stream()
                                .map(head -> logits(head, row))
                                .toArray(float[][]::new))));
    }

    private static float[] logits(PredictedHead head, int row) {
        float[] logits = new float[head.head().size()];
        head.logits(row, logits);
        return logits;
    }
}
