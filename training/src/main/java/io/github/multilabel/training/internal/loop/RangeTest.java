package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.training.event.LearningRateFinderResult;
import io.github.multilabel.training.event.StopReason;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The learning-rate range test of Smith 2017 (arXiv 1506.01186): the first phase of a training, at rates that rise from
 * step to step until the loss grows without bound. Afterwards the model is as it was, to the bit.
 */
public final class RangeTest implements AutoCloseable {

    private final RisingRate rising;
    private final Progress progress;
    private final TrainingControl control = new TrainingControl(List.of(this::on));
    private final List<Double> rates = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private int steps;
    private boolean complete;

    /** @param progress whether to draw a bar */
    public RangeTest(RisingRate rising, boolean progress) {
        this.rising = rising;
        this.progress = Progress.of(progress, "learning rates", rising.steps());
    }

    /** May stop the test. */
    public TrainingControl control() {
        return control;
    }

    /**
     * Runs the test.
     *
     * @param settings of the training that is to come
     * @param loss of all heads
     */
    public LearningRateFinderResult run(
            NDManager parent,
            MultiHeadBlock block,
            TrainingSettings settings,
            MultiHeadLoss loss,
            MultiLabelDataset training)
            throws IOException {
        NDList weights = new NDList();
        block.parametersByName().values().forEach(parameter -> weights.add(parameter.getArray()));
        TrainingSettings rehearsal = settings.rehearsing(rounds(parent, settings, training), rising);
        try (Snapshot before = new Snapshot(parent, weights)) {
            try (TrainingRun run = new TrainingRun(
                    parent, block, rehearsal, loss, loss, control, training, Optional.empty(), Optional.empty())) {
                StopReason end = run.fit().stopReason();
                complete = complete || end == StopReason.COMPLETED;
            } finally {
                before.putBack();
            }
        }
        return new LearningRateFinderResult(rates, losses, complete);
    }

    /** How often the images must be seen for all steps. */
    private int rounds(NDManager parent, TrainingSettings settings, MultiLabelDataset training) throws IOException {
        int batches = TrainingRun.batchesPerEpoch(parent, settings, training);
        int stepsPerRound = (batches + settings.optimisation().gradientAccumulation() - 1)
                / settings.optimisation().gradientAccumulation();
        return (rising.steps() + stepsPerRound - 1) / stepsPerRound;
    }

    private void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.StepDone step) {
            steps++;
            boolean labelled = step.losses().values().stream().anyMatch(loss -> !loss.isNaN());
            if (labelled || !Double.isFinite(step.loss())) {
                rates.add(step.learningRate());
                losses.add(step.loss()); // finite also where a step was skipped because float16 overflowed
            }
            progress.step(
                    1, () -> String.format(Locale.ROOT, " loss %.2f at rate %.1e", step.loss(), step.learningRate()));
            if (steps == rising.steps() || new LearningRateFinderResult(rates, losses, false).isDiverged()) {
                complete = true;
                control.stop();
            }
        }
    }

    @Override
    public void close() {
        progress.close();
    }
}
