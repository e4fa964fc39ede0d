package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.EngineLock;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.loss.BatchLoss;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.training.balance.LossBalancer;
import io.github.multilabel.training.event.TrainingDivergedException;
import io.github.multilabel.training.internal.mix.BatchMixer;
import io.github.multilabel.training.internal.mix.MixedBatch;
import io.github.multilabel.training.internal.optimizer.Optimizer;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import io.github.multilabel.training.schedule.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of training: forward, loss, backward, optimizer. A batch whose loss or gradient is not finite leaves the
 * model bit for bit as it was, running statistics included. In float16 a gradient that is not finite is first of all a
 * sign that the loss was scaled too much; a loss that is not finite is never that, for it is not scaled yet.
 */
final class TrainingStep implements AutoCloseable {

    private static final String OPTIMIZER = "optimizer.";
    private static final String BAD_IN_A_ROW = "bad_in_a_row";

    private final FrozenForward forward;
    private final TrainingSettings settings;
    private final MultiHeadLoss loss;
    private final LossBalancer balancing;
    private final Optional<BatchMixer> mixer;
    private final TrainableParameters arrays;
    private final Optimizer optimizer;
    private final HeadGradients gradientsOfHeads;
    private final Snapshot statistics;
    private final WeightAverage average;
    private final LossScale scale;
    private int badInARow;

    TrainingStep(
            NDManager manager,
            MultiHeadBlock block,
            TrainingSettings settings,
            MultiHeadLoss loss,
            WeightAverage average,
            LossScale scale,
            FrozenForward forward,
            Phase phase) {
        this.average = average;
        this.scale = scale;
        this.forward = forward;
        this.settings = settings;
        this.loss = loss;
        balancing = settings.loss().balancing().start(manager, settings.loss().headWeightsInOrder());
        mixer = settings.loss()
                .mix()
                .map(mix -> new BatchMixer(manager, mix, settings.optimisation().seed()));
        arrays = new TrainableParameters(manager, block);
        Map<String, NDArray> trained = new LinkedHashMap<>(arrays.byName());
        trained.putAll(balancing.trained());
        optimizer = settings.optimisation()
                .optimizer()
                .start(manager, trained, Stages.rateFactors(block, phase), arrays.noWeightDecay());
        gradientsOfHeads = new HeadGradients(manager, settings);
        statistics = new Snapshot(manager, arrays.runningStatistics());
    }

    /**
     * Learns from some batches, in one step, and adds the logits from before the step to the accumulator. A head's loss
     * is the mean over its labelled rows of all batches, as if they were one; batch norm sees each by itself.
     *
     * @param random the seed of all that is random within the model, so that a training that goes on gives the same
     * @param batches at least one; they stay open, and all arrays of the step belong to their managers
     * @param epoch the number of the epoch in the training, from 0
     * @return what was found; they are skipped if a loss or the gradient is not finite
     * @throws TrainingDivergedException if that happened too often in a row
     */
    StepResult learn(
            long random,
            int epoch,
            List<MultiLabelBatch> batches,
            double learningRate,
            EvaluationAccumulator accumulator) {
        try (EngineLock turn = EngineLock.take()) {
            TorchEngine.setSeed(random);
            statistics.take();
            balancing.begin();
            List<double[]> fractions = fractions(batches);
            List<Computed> seen = new ArrayList<>();
            for (int i = 0; i < batches.size(); i++) {
                Computed now = compute(batches.get(i), epoch, fractions.get(i));
                seen.add(now);
                if (!isFinite(now.values())) {
                    optimizer.clearGradients();
                    return skip(seen, Double.NaN, learningRate, false);
                }
            }
            if (seen.stream().noneMatch(Computed::isLabelled)) {
                // Not one label: momentum and weight decay alone shall not move the model.
                return result(seen, StepResult.Outcome.UNLABELLED);
            }
            double norm = optimizer.step(learningRate, settings.optimisation().gradientClipNorm(), scale.value());
            if (!Double.isFinite(norm)) {
                return skip(seen, norm, learningRate, scale.overflowed());
            }
            scale.stepped();
            average.step();
            badInARow = 0;
            balancing.stepped(seen.stream().map(Computed::values).toList());
            for (Computed each : seen) {
                accumulator.add(each.logits(), each.labels());
                accumulator.addLosses(each.values().losses(), each.values().divisors());
            }
            return result(seen, StepResult.Outcome.LEARNED);
        }
    }

    /** The fraction that each batch has of the labels of each head; a batch that is alone needs no counting. */
    private List<double[]> fractions(List<MultiLabelBatch> batches) {
        if (batches.size() == 1) {
            return Collections.singletonList(null);
        }
        List<double[]> divisors = batches.stream()
                .map(batch -> loss.divisors(batch.getManager(), batch.getLabels()))
                .toList();
        int heads = settings.model().heads().size();
        double[] sums = new double[heads];
        divisors.forEach(each -> Arrays.setAll(sums, head -> sums[head] + each[head]));
        divisors.forEach(each -> Arrays.setAll(each, head -> sums[head] > 0 ? each[head] / sums[head] : 0));
        return divisors;
    }

    /** A batch, its logits, and the labels to evaluate them by: of blended images, those of the greater fraction. */
    private record Computed(MultiLabelBatch batch, NDList logits, NDList labels, BatchLoss.Values values) {

        boolean isLabelled() {
            return Arrays.stream(values.divisors()).anyMatch(divisor -> divisor > 0);
        }
    }

    /** Forward and, if there is anything to learn from, backward. */
    private Computed compute(MultiLabelBatch batch, int epoch, double[] fractions) {
        NDManager manager = batch.getManager();
        NDList own = batch.getLabels();
        try (NDArray input = FrozenForward.input(batch, settings.model().preprocessing());
                MixedBatch mixed = mixer.map(blender -> blender.mix(input, own, epoch, batch.getProgress()))
                        .orElseGet(() -> MixedBatch.whole(input, own));
                GradientCollector gradients = TorchEngine.get().newGradientCollector()) {
            NDList logits = forward.logits(arrays, mixed.image());
            logits.attach(manager);
            BatchLoss batchLoss = mixed.loss(labels -> loss.of(manager, logits, labels, fractions));
            Computed seen = new Computed(batch, logits, mixed.dominantLabels(), batchLoss.read());
            if (isFinite(seen.values()) && seen.isLabelled()) {
                gradientsOfHeads.inspect(
                        manager, batchLoss, logits, seen.values().divisors());
                gradients.backward(scale.scaled(balancing.total(batchLoss, lastShared())));
            }
            return seen;
        }
    }

    /** The weight of the last layer of the backbone, unless that is frozen. */
    private Optional<NDArray> lastShared() {
        return arrays.byName().entrySet().stream()
                .filter(array -> array.getKey().startsWith("backbone.")
                        && array.getValue().getShape().dimension() > 1)
                .map(Map.Entry::getValue)
                .reduce((earlier, later) -> later);
    }

    private static boolean isFinite(BatchLoss.Values values) {
        return Double.isFinite(values.total()) && Arrays.stream(values.losses()).allMatch(Double::isFinite);
    }

    /**
     * Leaves the model as it was.
     *
     * @param expected whether it was an overflow that a smaller loss scale will mend
     */
    private StepResult skip(List<Computed> all, double norm, double learningRate, boolean expected) {
        statistics.putBack();
        if (expected) {
            return result(all, StepResult.Outcome.OVERFLOWED);
        }
        Computed last = all.get(all.size() - 1);
        MultiLabelBatch batch = last.batch();
        badInARow++;
        if (badInARow >= settings.control().nonFiniteLimit()) {
            throw new TrainingDivergedException(badInARow
                    + " batches in a row gave a loss or a gradient that is not finite. The last: batch "
                    + batch.getProgress() + " of " + batch.getProgressTotal() + ", files "
                    + BatchGroup.first(batch.sources())
                    + ", losses " + losses(List.of(last)) + ", gradient norm " + norm
                    + ", learning rate "
                    + learningRate
                    + (settings.optimisation().precision() == Precision.FLOAT16 ? ", loss scale " + scale.value() : "")
                    + ". The model is as it was before them. Try a lower learning rate, or Precision.FLOAT32; if a loss"
                    + " of your own is among them, look there first");
        }
        return result(all, StepResult.Outcome.NOT_FINITE);
    }

    private StepResult result(List<Computed> seen, StepResult.Outcome outcome) {
        double total = seen.stream().mapToDouble(each -> each.values().total()).sum();
        return new StepResult(total, losses(seen), outcome);
    }

    /** By head. */
    private Map<String, Double> losses(List<Computed> seen) {
        Map<String, Double> losses = new LinkedHashMap<>();
        for (int h = 0; h < settings.model().heads().size(); h++) {
            double sum = 0;
            double divisor = 0;
            for (Computed each : seen) {
                double own = each.values().divisors()[h];
                sum += own > 0 ? own * each.values().losses()[h] : 0;
                divisor += own;
            }
            losses.put(settings.model().heads().get(h).name(), sum / divisor); // 0 / 0 is NaN: no label
        }
        return losses;
    }

    /** The heads that had labels in this phase and never a gradient. */
    List<String> headsWithoutGradient() {
        return gradientsOfHeads.without();
    }

    /** What each head counts now beside its fixed weight. */
    List<Double> balance() {
        return balancing.weights();
    }

    /** All batches of an epoch are over. */
    void epochEnded() {
        balancing.epochEnded();
    }

    /** What steps must remember, by name: live arrays, and some that {@code made} owns. */
    Map<String, NDArray> state(NDManager made) {
        Map<String, NDArray> state = new LinkedHashMap<>();
        NamedArrays.add(state, OPTIMIZER, optimizer.state());
        state.putAll(balancing.state(made));
        state.put(BAD_IN_A_ROW, made.create(new long[] {badInARow}));
        return state;
    }

    /** Takes over what {@link #state} gave. */
    void restore(Map<String, NDArray> saved) {
        optimizer.restore(NamedArrays.under(OPTIMIZER, saved));
        balancing.restore(saved);
        badInARow = (int) NamedArrays.of(saved, BAD_IN_A_ROW).getLong();
    }

    @Override
    public void close() {
        statistics.close();
        gradientsOfHeads.close();
        mixer.ifPresent(BatchMixer::close);
        balancing.close();
        optimizer.close();
    }
}
