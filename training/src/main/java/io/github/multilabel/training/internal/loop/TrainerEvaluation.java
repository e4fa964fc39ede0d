package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.evaluation.internal.EvaluationLoop;
import io.github.multilabel.evaluation.internal.JointPass;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.JointChoice;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

    /**
     * Chooses on labelled images how the heads of hierarchies answer together.
     *
     * @see #of
     */
    public static List<JointChoice> joint(
            NDManager manager,
            MultiLabelModel model,
            TrainingSettings settings,
            MultiHeadLoss loss,
            MultiLabelDataset data)
            throws IOException {
        try (Progress progress = Progress.of(settings.control().progress(), "joint answers", data.size())) {
            JointPass pass = new JointPass(settings.model().mainHeads(), untrained(settings), progress);
            new EvaluationLoop(manager, loss).run(data, model, settings.optimisation().precision(), pass);
            return pass.choices();
        }
    }

    private static Set<String> untrained(TrainingSettings settings) {
        return settings.loss().headWeights().entrySet().stream()
                .filter(weight -> weight.getValue() == 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
