package io.github.multilabel.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.Pass;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.InferenceProgram;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.training.loss.BatchLoss;
import io.github.multilabel.training.loss.MultiHeadLoss;
import io.github.multilabel.training.metrics.Evaluation;
import io.github.multilabel.training.metrics.EvaluationAccumulator;
import io.github.multilabel.training.metrics.HeadMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Judges a model on a data set, by the same program that predicts.
 *
 * <pre>{@code
 * try (MultiLabelModel model = MultiLabelModel.load(Path.of("build/cars/model"))) {
 *     System.out.println(Evaluator.evaluate(model, photos).table());
 * }
 * }</pre>
 */
public final class Evaluator {

    private final NDManager manager;
    private final MultiHeadBlock block;
    private final HeadSet heads;
    private final Preprocessing preprocessing;
    private final Precision precision;
    private final Map<String, Double> headWeights;
    private final MultiHeadLoss loss;
    private final boolean progress;

    /**
     * Judges what is being trained.
     *
     * @param loss of the heads that are answered
     */
    Evaluator(NDManager manager, MultiHeadBlock block, TrainingSettings settings, MultiHeadLoss loss) {
        this(
                manager,
                block,
                settings.answered(),
                settings.preprocessing(),
                settings.precision(),
                settings.headWeights(),
                loss,
                settings.progress());
    }

    private Evaluator(
            NDManager manager,
            MultiHeadBlock block,
            HeadSet heads,
            Preprocessing preprocessing,
            Precision precision,
            Map<String, Double> headWeights,
            MultiHeadLoss loss,
            boolean progress) {
        this.manager = manager;
        this.block = block;
        this.heads = heads;
        this.preprocessing = preprocessing;
        this.precision = precision;
        this.headWeights = headWeights;
        this.loss = loss;
        this.progress = progress;
    }

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
        DataChecks.requireFit("data", model.heads(), data);
        try (NDManager manager = model.manager().newSubManager();
                MultiHeadLoss loss = new MultiHeadLoss(manager, model.heads(), Map.of(), Map.of(), Map.of())) {
            return new Evaluator(
                            manager,
                            model.block(),
                            model.heads(),
                            model.preprocessing(),
                            Precision.FLOAT32,
                            Map.of(),
                            loss,
                            false)
                    .evaluate(data, model.isFlip());
        }
    }

    /**
     * Judges the model on a data set.
     *
     * @param flip whether answers are averaged over mirror images
     */
    Evaluation evaluate(MultiLabelDataset data, boolean flip) throws IOException {
        try (InferenceProgram program = block.newInference(precision)) {
            return requireAnswers(evaluate(data, flip ? program.withMirrorImages() : program, () -> false)
                    .orElseThrow());
        }
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

    /** Judges the model on a data set during a training; empty if that is asked to stop. */
    Optional<Evaluation> evaluate(MultiLabelDataset data, Control control) throws IOException {
        try (InferenceProgram program = block.newInference(precision)) {
            return evaluate(data, program, control);
        }
    }

    /**
     * Judges the model on a data set during a training; empty if that is asked to stop.
     *
     * @param program of what the data gives as images
     */
    Optional<Evaluation> evaluate(MultiLabelDataset data, InferenceProgram program, Control control)
            throws IOException {
        try {
            return evaluate(data, program, control::isStopAsked);
        } catch (UncheckedIOException e) {
            if (control.isStop(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<Evaluation> evaluate(MultiLabelDataset data, InferenceProgram program, BooleanSupplier stopAsked)
            throws IOException {
        try (NoGradients off = NoGradients.onThisThread();
                EvaluationAccumulator accumulator = new EvaluationAccumulator(manager, heads, headWeights);
                Batches batches = data.batches(manager, Pass.evaluation(preprocessing));
                Progress shown = Progress.of(progress, "evaluation", data.size())) {
            while (batches.hasNext()) {
                if (stopAsked.getAsBoolean()) {
                    return Optional.empty();
                }
                try (MultiLabelBatch batch = batches.next()) {
                    NDArray image = Front.input(batch, preprocessing);
                    NDList logits = select(program.logits(batch.getManager(), image));
                    NDList labels = select(batch.getLabels());
                    accumulator.add(logits, labels);
                    BatchLoss.Values values =
                            loss.of(batch.getManager(), logits, labels).read();
                    accumulator.addLosses(values.losses(), values.divisors());
                    shown.step(batch.getSize(), accumulator);
                }
            }
            Evaluation evaluation = accumulator.evaluation();
            if (evaluation.samples() == 0) {
                throw new IOException(
                        "there is nothing to judge by: not one of the " + data.size() + " images can be used");
            }
            return Optional.of(evaluation);
        }
    }

    /** The arrays of the heads that are judged, by name: model and data may have auxiliary ones too. */
    private NDList select(NDList all) {
        return new NDList(heads.names().stream().map(all::get).toArray(NDArray[]::new));
    }
}
