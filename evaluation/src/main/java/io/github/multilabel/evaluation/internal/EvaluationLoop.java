package io.github.multilabel.evaluation.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.loss.BatchLoss;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.model.MultiLabelModel;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Evaluates a model in one pass over labelled data, without gradients. */
public final class EvaluationLoop {

    private final NDManager manager;
    private final MultiHeadLoss loss;
    private final Others others;

    /** Adds what is counted of images that are evaluated elsewhere. */
    @FunctionalInterface
    public interface Others {

        /** There are none. */
        Others NONE = (empty, own) -> own.evaluation();

        /**
         * Evaluates all together.
         *
         * @param empty makes an accumulator of the same heads
         * @param own of all images of this pass; not closed here
         */
        Evaluation evaluation(Supplier<EvaluationAccumulator> empty, EvaluationAccumulator own) throws IOException;
    }

    /**
     * Prepares passes.
     *
     * @param manager not closed here
     * @param loss of the heads that are evaluated, which may be fewer than model and data have; not closed here
     */
    public EvaluationLoop(NDManager manager, MultiHeadLoss loss) {
        this(manager, loss, Others.NONE);
    }

    /**
     * Prepares passes over a share of the images.
     *
     * @param others adds what is counted of the other shares
     */
    public EvaluationLoop(NDManager manager, MultiHeadLoss loss, Others others) {
        this.manager = manager;
        this.loss = loss;
        this.others = others;
    }

    /** Observes a pass, and can stop it. */
    public interface Watch {

        /** Observes nothing. */
        Watch NONE = new Watch() {};

        /** Called before each batch; if it returns true, the pass ends without a result. */
        default boolean isStopAsked() {
            return false;
        }

        /**
         * Called before a batch is evaluated.
         *
         * @param logits of all heads of the model; owned by the batch's manager
         * @throws IOException ends the pass
         */
        default void onLogits(MultiLabelBatch batch, NDList logits) throws IOException {}

        /**
         * Called when a batch was evaluated.
         *
         * @param soFar of all batches until now; reading it waits for the device
         */
        default void onBatch(int images, EvaluationAccumulator soFar) {}
    }

    /**
     * Evaluates a model by the program that predicts, with test-time flipping if the model has it.
     *
     * @throws IllegalStateException if the logits of a labelled image are not finite
     * @throws IOException if the data cannot be read, or none of its images can be used
     */
    public Evaluation run(MultiLabelDataset data, MultiLabelModel model, Precision precision, Watch watch)
            throws IOException {
        try (ModelPass pass = new ModelPass(model, precision)) {
            return requireFinite(
                    run(data, pass.data(), pass::logits, watch, limits(model)).orElseThrow());
        }
    }

    /** By the name of the head the logits above which tags are predicted. */
    private static Map<String, float[]> limits(MultiLabelModel model) {
        Map<String, float[]> limits = new HashMap<>();
        model.thresholds()
                .forEach(each -> each.when(
                        single -> limits, // metrics are of all answers, known or not
                        multi -> {
                            limits.put(multi.head(), multi.logits());
                            return limits;
                        }));
        return limits;
    }

    /**
     * Evaluates a model on data.
     *
     * @param pass such as {@link DataPass#evaluation}
     * @param model the logits of all of its heads for a batch, owned by the batch's manager
     * @return empty if the watch asked to stop
     * @throws IOException if the data cannot be read, or none of its images can be used
     */
    public Optional<Evaluation> run(
            MultiLabelDataset data, DataPass pass, Function<MultiLabelBatch, NDList> model, Watch watch)
            throws IOException {
        return run(data, pass, model, watch, Map.of());
    }

    private Optional<Evaluation> run(
            MultiLabelDataset data,
            DataPass pass,
            Function<MultiLabelBatch, NDList> model,
            Watch watch,
            Map<String, float[]> limits)
            throws IOException {
        try (NoGradients off = NoGradients.onThisThread();
                EvaluationAccumulator sums =
                        new EvaluationAccumulator(manager, loss.heads(), loss.headWeights(), limits);
                Batches batches = data.batches(manager, pass)) {
            while (batches.hasNext()) {
                if (watch.isStopAsked()) {
                    return Optional.empty();
                }
                try (MultiLabelBatch batch = batches.next()) {
                    NDList logits = model.apply(batch);
                    watch.onLogits(batch, logits);
                    add(sums, batch, logits);
                    watch.onBatch(batch.getSize(), sums);
                }
            }
            Evaluation evaluation = others.evaluation(
                    () -> new EvaluationAccumulator(manager, loss.heads(), loss.headWeights(), limits), sums);
            if (evaluation.samples() == 0) {
                throw new IOException("nothing can be evaluated: none of the " + data.size() + " images can be used");
            }
            return Optional.of(evaluation);
        }
    }

    private void add(EvaluationAccumulator sums, MultiLabelBatch batch, NDList ofAllHeads) {
        NDList logits = select(ofAllHeads);
        NDList labels = select(batch.getLabels());
        sums.add(logits, labels);
        BatchLoss.Values values = loss.of(batch.getManager(), logits, labels).read();
        sums.addLosses(values.losses(), values.divisors());
    }

    /** The arrays of the heads that are evaluated, by name: model and data may have auxiliary ones too. */
    private NDList select(NDList all) {
        return new NDList(loss.heads().names().stream().map(all::get).toArray(NDArray[]::new));
    }

    private static Evaluation requireFinite(Evaluation evaluation) {
        for (HeadMetrics head : evaluation.heads()) {
            if (head.nonFinite() > 0) {
                throw new IllegalStateException(
                        "the logits of head '" + head.head().name() + "' are NaN or infinite for "
                                + head.nonFinite() + " of " + head.support()
                                + " labelled images: the model's weights are not finite, or too large. Train it again with a"
                                + " lower learning rate, or use an earlier model");
            }
        }
        return evaluation;
    }
}
