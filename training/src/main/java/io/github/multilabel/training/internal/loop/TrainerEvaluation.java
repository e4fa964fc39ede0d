package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.evaluation.internal.EvaluationLoop;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import java.io.IOException;

/**
 * How a trainer evaluates its model when it does not train: in the precision of the training, by the losses of that.
 */
public final class TrainerEvaluation {

    private TrainerEvaluation() {}

    /**
     * Evaluates the model on data that fits.
     *
     * @param manager owns what is made on the way
     * @param loss of the main heads
     * @throws IllegalStateException if the model answers with NaN
     * @throws IOException if the data cannot be read at all, or not one image can be used
     */
    public static Evaluation of(
            NDManager manager,
            MultiLabelModel model,
            TrainingSettings settings,
            MultiHeadLoss loss,
            MultiLabelDataset data)
            throws IOException {
        try (Progress progress = Progress.of(settings.control().progress(), "evaluation", data.size())) {
            return new EvaluationLoop(manager, loss)
                    .run(data, model, settings.optimisation().precision(), progress);
        }
    }
}
