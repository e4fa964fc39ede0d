package io.github.multilabel.evaluation;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.evaluation.internal.EvaluationLoop;
import io.github.multilabel.evaluation.internal.FittingData;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.evaluation.internal.PredictionCollector;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.scoring.PredictionMetrics;
import io.github.multilabel.model.ModelPredictor;
import io.github.multilabel.model.MultiLabelModel;
import java.io.IOException;
import java.util.Map;

/**
 * Evaluates a model on a data set. Images are preprocessed and the logits computed as they are for prediction, with
 * test-time flipping if the model has it.
 *
 * <pre>{@code
 * try (MultiLabelModel model = MultiLabelModel.load(Path.of("build/cars/model"))) {
 *     System.out.println(Evaluator.evaluate(model, data).table());
 * }
 * }</pre>
 *
 * <p>Any number of threads may evaluate at once, also with the same model.
 */
public final class Evaluator {

    private Evaluator() {}

    /**
     * Evaluates a model in float32. In the loss, every head and every category has weight 1.
     *
     * @param model neither changed nor closed
     * @param data labelled images with the model's heads, in any order and beside others; not closed
     * @return the metrics of all heads
     * @throws IllegalArgumentException if the data lacks a head of the model, or has no images
     * @throws IllegalStateException if the logits are NaN or infinite because the model's weights are not finite
     * @throws IOException if the data cannot be read, or none of its images can be used
     * @throws java.io.UncheckedIOException if an image cannot be used and the data set does not skip such images
     */
    public static Evaluation evaluate(MultiLabelModel model, MultiLabelDataset data) throws IOException {
        Given.require(model, "model", "e.g. MultiLabelModel.load(folder)");
        Given.require(data, "data", "a data set with labels, e.g. table.test().build()");
        FittingData.requireLabels("data", model.heads(), data);
        try (NDManager manager = model.manager().newSubManager();
                MultiHeadLoss loss = new MultiHeadLoss(manager, model.heads(), Map.of(), Map.of(), Map.of())) {
            return new EvaluationLoop(manager, loss).run(data, model, Precision.FLOAT32, EvaluationLoop.Watch.NONE);
        }
    }

    /**
     * Evaluates kept predictions: the same as evaluating the model that made them on the same data, but for the
     * rounding of losses, which are computed in float64 here. {@code PredictionMetrics} has more.
     *
     * @return the metrics of all heads
     * @throws IllegalArgumentException if there are no images
     */
    public static Evaluation evaluate(Predictions predictions) {
        Given.require(predictions, "predictions", "e.g. Evaluator.predictions(model, data)");
        if (predictions.size() == 0) {
            throw new IllegalArgumentException("nothing can be evaluated: there are no images among the predictions");
        }
        return PredictionMetrics.evaluation(predictions);
    }

    /**
     * Predicts all images of a data set in float32, and keeps the logits and labels of all heads.
     *
     * @param model neither changed nor closed
     * @param data images with the model's heads, in any order and beside others; not closed. Images that cannot be used
     *     are treated as it says; those that are left out have no predictions
     * @throws IllegalArgumentException if the data lacks a head of the model, or has no images, or the logits are NaN
     *     or infinite because the model's weights are not finite
     * @throws IOException if the data cannot be read, or none of its images can be used
     * @throws java.io.UncheckedIOException if an image cannot be used and the data set does not skip such images
     */
    public static Predictions predictions(MultiLabelModel model, MultiLabelDataset data) throws IOException {
        Given.require(model, "model", "e.g. MultiLabelModel.load(folder)");
        Given.require(data, "data", "a data set with labels, e.g. table.test().build()");
        return PredictionCollector.run(model, data, (batch, row, labels, logits) -> {});
    }

    /**
     * Predicts all images of a data set with whatever engine a predictor has, such as an exported file, and keeps the
     * logits and labels of all heads: by these its accuracy can be compared with that of another, image by image.
     * PyTorch has to be on the class path, since data sets give their images as its arrays.
     *
     * @param predictor not closed
     * @param data as of {@link #predictions(MultiLabelModel, MultiLabelDataset)}
     * @throws IllegalArgumentException if the data lacks a head of the predictor, or has no images
     * @throws IllegalStateException if the predictor is closed, or the logits are NaN or infinite
     * @throws IOException if the data cannot be read, or none of its images can be used
     * @throws java.io.UncheckedIOException if an image cannot be used and the data set does not skip such images
     */
    public static Predictions predictions(ModelPredictor predictor, MultiLabelDataset data) throws IOException {
        Given.require(predictor, "predictor", "e.g. OnnxPredictor.load(file)");
        Given.require(data, "data", "a data set with labels, e.g. table.test().build()");
        return PredictionCollector.run(predictor, data);
    }
}
