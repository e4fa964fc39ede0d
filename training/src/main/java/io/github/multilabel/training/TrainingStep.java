package io.github.multilabel.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.data.Normalizer;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.training.loss.BatchLoss;
import io.github.multilabel.training.loss.MultiHeadLoss;
import io.github.multilabel.training.metrics.EvaluationAccumulator;
import io.github.multilabel.training.optimizer.Optimizer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One step of training: forward, loss, backward, optimizer. A batch whose loss or gradient is not finite leaves the
 * model bit for bit as it was, running statistics included.
 */
final class TrainingStep implements AutoCloseable {

    /** DJL has one gradient collector per process: trainings in several threads take turns, step by step. */
    private static final ReentrantLock COLLECTOR = new ReentrantLock(true);

    private final MultiHeadBlock block;
    private final TrainingSettings settings;
    private final MultiHeadLoss loss;
    private final TrainedArrays arrays;
    private final Optimizer optimizer;
    private final Snapshot statistics;
    private int badInARow;

    TrainingStep(NDManager manager, MultiHeadBlock block, TrainingSettings settings, MultiHeadLoss loss, Phase phase) {
        this.block = block;
        this.settings = settings;
        this.loss = loss;
        arrays = new TrainedArrays(manager, block);
        optimizer = settings.optimizer().start(manager, arrays.byName(), Stages.rateFactors(block, phase));
        statistics = new Snapshot(manager, arrays.runningStatistics());
    }

    /**
     * Learns from a batch and tells the accumulator what the model thought of it before.
     *
     * @param batch stays open; all arrays of the step belong to its manager
     * @return false if the batch was skipped because its loss or gradient is not finite
     * @throws IllegalStateException if that happened too often in a row
     */
    boolean learn(MultiLabelBatch batch, double learningRate, EvaluationAccumulator accumulator) {
        COLLECTOR.lock();
        try {
            statistics.take();
            NDArray image = Normalizer.normalize(batch.image(), settings.preprocessing());
            NDList logits;
            BatchLoss.Values values;
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                logits = block.forward(arrays, new NDList(image), true);
                BatchLoss batchLoss = loss.of(batch.getManager(), logits, batch.getLabels());
                values = batchLoss.read();
                if (!isFinite(values)) {
                    return skip(batch, values, Double.NaN, learningRate);
                }
                if (Arrays.stream(values.divisors()).anyMatch(divisor -> divisor > 0)) {
                    gradients.backward(batchLoss.total());
                } else {
                    return true; // not one label: momentum and weight decay alone shall not move the model
                }
            }
            double norm = optimizer.step(learningRate, settings.gradientClip());
            if (!Double.isFinite(norm)) {
                return skip(batch, values, norm, learningRate);
            }
            badInARow = 0;
            accumulator.add(logits, batch.getLabels());
            accumulator.addLosses(values.losses(), values.divisors());
            return true;
        } finally {
            COLLECTOR.unlock();
        }
    }

    private static boolean isFinite(BatchLoss.Values values) {
        return Double.isFinite(values.total()) && Arrays.stream(values.losses()).allMatch(Double::isFinite);
    }

    private boolean skip(MultiLabelBatch batch, BatchLoss.Values values, double norm, double learningRate) {
        statistics.putBack();
        badInARow++;
        if (badInARow >= settings.nonFiniteLimit()) {
            Map<String, Double> losses = new LinkedHashMap<>();
            for (int h = 0; h < values.losses().length; h++) {
                losses.put(settings.heads().get(h).name(), values.losses()[h]);
            }
            throw new IllegalStateException(badInARow
                    + " batches in a row gave a loss or a gradient that is not finite. The last: batch "
                    + batch.getProgress() + " of " + batch.getProgressTotal() + ", files " + batch.sources()
                    + ", losses " + losses + ", gradient norm " + norm + ", learning rate " + learningRate
                    + ". The model is as it was before them. Try a lower learning rate, or Precision.FLOAT32; if a loss"
                    + " of your own is among them, look there first");
        }
        return false;
    }

    @Override
    public void close() {
        statistics.close();
        optimizer.close();
    }
}
