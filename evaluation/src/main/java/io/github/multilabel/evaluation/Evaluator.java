package io.github.multilabel.evaluation;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.evaluation.internal.EvaluationLoop;
import io.github.multilabel.evaluation.internal.FittingData;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.MultiLabelModel;
import java.io.IOException;
import java.util.Map;

/**
 * Judges a model on a data set, by the same program that predicts.
 *
 * <pre>{@code
 * try (MultiLabelModel model = MultiLabelModel.load(Path.of("build/cars/model"))) {
 *     System.out.println(Evaluator.evaluate(model, photos).table());
 * }
 * }</pre>
 *
 * <p>Any number of threads may evaluate at once, also the same model.
 */
public final class Evaluator {

    private Evaluator() {}

    /**
     * Judges a model in float32; every head and category counts alike in the loss.
     *
     * @param model not changed, not closed
     * @param data has the model's heads; not closed
     * @throws IllegalArgumentException if the data has other heads, or no images
     * @throws IllegalStateException if the model answers with NaN because its weights are not finite
     * @throws IOException if the data cannot be read at all, or not one image can be used
     * @throws java.io.UncheckedIOException if an image cannot be used and the data set does not skip such images
     */
    public static Evaluation evaluate(MultiLabelModel model, MultiLabelDataset data) throws IOException {
        FittingData.require("data", model.heads(), model.heads(), data);
        try (NDManager manager = model.manager().newSubManager();
                MultiHeadLoss loss = new MultiHeadLoss(manager, model.heads(), Map.of(), Map.of(), Map.of())) {
            return new EvaluationLoop(manager, loss).run(data, model, Precision.FLOAT32, EvaluationLoop.Watch.NONE);
        }
    }
}
