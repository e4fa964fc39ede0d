package io.github.multilabel.evaluation.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.loss.BatchLoss;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.internal.InferenceProgram;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** One pass over labelled data without gradients. It knows no trainer, no progress bar and no file. */
public final class EvaluationLoop {

    private final NDManager manager;
    private final MultiHeadLoss loss;

    /**
     * Prepares passes.
     *
     * @param manager not closed here
     * @param loss of the heads that are evaluated, which may be fewer than model and data have; not closed here
     */
    public EvaluationLoop(NDManager manager, MultiHeadLoss loss) {
        this.manager = manager;
        this.loss = loss;
    }

    /** Follows a pass, and may end it. */
    public interface Watch {

        /** Nobody watches. */
        Watch NONE = new Watch() {};

        /** Asked before each batch; if it says so, the pass gives nothing. */
        default boolean isStopAsked() {
            return false;
        }

        /**
         * A batch was evaluated.
         *
         * @param soFar of all batches until now; reading it waits for the device
         */
        default void onBatch(int images, EvaluationAccumulator soFar) {}
    }

    /**
     * Evaluates a saved or trained model on images, by the program that predicts, averaged over mirror images if the
     * model asks for that.
     *
     * @throws IllegalStateException if a head gave NaN for a labelled image
     * @throws IOException if the data cannot be read at all, or not one image can be used
     */
    public Evaluation run(MultiLabelDataset data, MultiLabelModel model, Precision precision, Watch watch)
            throws IOException {
        Preprocessing preprocessing = model.preprocessing();
        try (InferenceProgram program = model.block().newInference(precision)) {
            InferenceProgram answers = model.isTestTimeFlip() ? program.withMirrorImages() : program;
            return requireAnswers(run(
                            data,
                            DataPass.evaluation(preprocessing),
                            batch -> answers.logits(
                                    batch.getManager(), Normalizer.normalize(batch.image(), preprocessing)),
                            watch)
                    .orElseThrow());
        }
    }

    /**
     * Evaluates a model on data.
     *
     * @param pass such as {@link DataPass#evaluation}
     * @param model the logits of all of its heads for a batch, owned by the batch's manager
     * @return empty if the watch asked to stop
     * @throws IOException if the data cannot be read at all, or not one image can be used
     */
    public Optional<Evaluation> run(
            MultiLabelDataset data, DataPass pass, Function<MultiLabelBatch, NDList> model, Watch watch)
            throws IOException {
        try (NoGradients off = NoGradients.onThisThread();
                EvaluationAccumulator sums = new EvaluationAccumulator(manager, loss.heads(), loss.headWeights());
                Batches batches = data.batches(manager, pass)) {
            while (batches.hasNext()) {
                if (watch.isStopAsked()) {
                    return Optional.empty();
                }
                try (MultiLabelBatch batch = batches.next()) {
                    add(sums, batch, model.apply(batch));
                    watch.onBatch(batch.getSize(), sums);
                }
            }
            Evaluation evaluation = sums.evaluation();
            if (evaluation.samples() == 0) {
                throw new IOException(
                        "there is nothing to judge by: not one of the " + data.size() + " images can be used");
            }
            return Optional.of(evaluation);
        }
    }

    private void add(EvaluationAccumulator sums, MultiLabelBatch batch, NDList answers) {
        NDList logits = select(answers);
        NDList labels = select(batch.getLabels());
        sums.add(logits, labels);
        BatchLoss.Values values = loss.of(batch.getManager(), logits, labels).read();
        sums.addLosses(values.losses(), values.divisors());
    }

    /** The arrays of the heads that are evaluated, by name: model and data may have auxiliary ones too. */
    private NDList select(NDList all) {
        return new NDList(loss.heads().names().stream().map(all::get).toArray(NDArray[]::new));
    }

    private static Evaluation requireAnswers(Evaluation evaluation) {
        for (HeadMetrics head : evaluation.heads()) {
            if (head.unanswered() > 0) {
                throw new IllegalStateException(
                        "the model answers head '" + head.head().name() + "' with NaN for "
                                + head.unanswered() + " of " + head.support()
                                + " labelled images: its weights are not finite, or so large that its answers are not. Train it"
                                + " anew with a lower learning rate, or take an earlier model");
            }
        }
        return evaluation;
    }
}
