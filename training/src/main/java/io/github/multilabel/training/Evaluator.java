package io.github.multilabel.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.Pass;
import io.github.multilabel.core.data.Normalizer;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.model.InferenceProgram;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.training.loss.BatchLoss;
import io.github.multilabel.training.loss.MultiHeadLoss;
import io.github.multilabel.training.metrics.Evaluation;
import io.github.multilabel.training.metrics.EvaluationAccumulator;
import java.io.IOException;

/** Judges a model on a data set, by the same program that predicts. */
record Evaluator(NDManager manager, MultiHeadBlock block, TrainingSettings settings, MultiHeadLoss loss) {

    Evaluation evaluate(MultiLabelDataset data) throws IOException {
        try (NoGradients off = NoGradients.onThisThread();
                InferenceProgram program = block.newInference(settings.precision());
                EvaluationAccumulator accumulator =
                        new EvaluationAccumulator(manager, settings.heads(), settings.headWeights());
                Batches batches = data.batches(manager, Pass.evaluation(settings.preprocessing()));
                Progress progress = Progress.of(settings, "evaluation", data.size())) {
            while (batches.hasNext()) {
                try (MultiLabelBatch batch = batches.next()) {
                    NDArray image = Normalizer.normalize(batch.image(), settings.preprocessing());
                    NDList logits = program.logits(batch.getManager(), image);
                    accumulator.add(logits, batch.getLabels());
                    BatchLoss.Values values = loss.of(batch.getManager(), logits, batch.getLabels())
                            .read();
                    accumulator.addLosses(values.losses(), values.divisors());
                    progress.step(batch.getSize(), accumulator);
                }
            }
            return accumulator.evaluation();
        }
    }
}
