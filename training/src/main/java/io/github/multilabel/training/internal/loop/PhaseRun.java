package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.Seeds;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.training.internal.features.FeatureDataset;
import io.github.multilabel.training.internal.settings.Phases;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import io.github.multilabel.training.schedule.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;

/** The epochs of one phase, with an optimizer of their own. */
final class PhaseRun implements AutoCloseable {

    private static final Logger LOG = TrainingLog.LOG;

    private final NDManager manager;
    private final TrainingSettings settings;
    private final Phase phase;
    private final TrainingControl control;
    private final MultiHeadBlock block;
    private final FrozenForward forward;
    private final FeatureCache features;
    private final LossScale scale;
    private final TrainingStep step;
    private final Pace pace;
    private final GroupSync sync;

    PhaseRun(
            NDManager parent,
            MultiHeadBlock block,
            TrainingSettings settings,
            MultiHeadLoss loss,
            WeightAverage average,
            LossScale scale,
            Phase phase,
            TrainingControl control,
            Pace pace,
            GroupSync sync) {
        this.pace = pace;
        this.sync = sync;
        this.manager = parent.newSubManager();
        this.settings = settings;
        this.phase = phase;
        this.control = control;
        this.scale = scale;
        boolean fixed = settings.loss().mix().isEmpty(); // blended images are others in each epoch
        boolean caching = settings.optimisation().featureCache() && fixed && phase.epochs() > 1;
        this.block = block;
        this.forward = new FrozenForward(block);
        this.features = new FeatureCache(caching ? forward.wholeBackbone() : Optional.empty(), control);
        this.step = new TrainingStep(manager, block, settings, loss, average, scale, forward, phase);
        average.begin();
        sync.begin(block, average);
    }

    /** Called after each step. */
    @FunctionalInterface
    interface AfterStep {
        /** The batches are still open. */
        void done(BatchGroup batches, double learningRate, StepResult result);
    }

    /**
     * Trains for one epoch, or for the rest of one.
     *
     * @param epoch of this phase, from 0
     * @param number of the epochs of the whole training, from 0
     * @param current the state of the epoch, which grows
     * @return false if it was asked to stop before the end of the epoch
     */
    boolean learn(int epoch, int number, MultiLabelDataset training, EpochProgress current, AfterStep afterStep)
            throws IOException {
        Preprocessing seen = settings.model().preprocessing();
        DataPass pass = DataPass.training(
                        seen.withSize(Phases.imageSize(phase, epoch, seen.size())),
                        settings.optimisation().seed(),
                        number)
                .from(current.nextBatch());
        try (Batches batches = features.over(training, pass).batches(manager, pass);
                Progress progress = Progress.of(
                        settings.control().progress(),
                        "epoch " + (number + 1) + "/" + settings.optimisation().epochs(),
                        training.size())) {
            progress.step((int) current.images(), current.accumulator());
            long perEpoch = (batches.count() + settings.optimisation().gradientAccumulation() - 1L)
                    / settings.optimisation().gradientAccumulation();
            pace.begin();
            while (!sync.isStopAsked()) {
                if (current.isCutShort(perEpoch) || !batches.hasNext()) {
                    return true;
                }
                try (BatchGroup group =
                        BatchGroup.next(batches, settings.optimisation().gradientAccumulation(), current.nextBatch())) {
                    if (group.batches().isEmpty()) {
                        continue; // the data set knows nothing of later starts, and they were all before
                    }
                    double rate =
                            Phases.rate(phase, epoch * perEpoch + (long) current.position(), phase.epochs() * perEpoch);
                    long random = Seeds.ofStep(sync.seed(settings.optimisation().seed()), number, current.nextBatch());
                    StepResult result = step.learn(random, number, group.batches(), rate, current.accumulator());
                    report(result, number + 1, current.steps() + 1, group);
                    current.add(group, rate, result, pace.stride(number, current.position(), perEpoch));
                    progress.step(group.images(), current.accumulator());
                    afterStep.done(group, rate, result);
                }
            }
            return false;
        } catch (UncheckedIOException e) {
            if (control.isStop(e)) {
                return false;
            }
            throw e;
        }
    }

    private void report(StepResult result, int epoch, int number, BatchGroup group) {
        switch (result.outcome()) {
            case LEARNED, UNLABELLED -> {}
            case OVERFLOWED -> {
                if (!settings.control().rehearsal()) {
                    LOG.info(
                            "epoch {}: step {} skipped, its gradient is beyond float16; the loss is scaled by {} from here on",
                            epoch,
                            number,
                            scale.value());
                }
            }
            case NOT_FINITE ->
                LOG.warn(
                        "epoch {}: step {} skipped, its loss or gradient is not finite; files {}",
                        epoch,
                        number,
                        group.sources());
        }
    }

    /** The heads that had labels in this phase and never a gradient. */
    List<String> headsWithoutGradient() {
        return step.headsWithoutGradient();
    }

    /** What each head counts now beside its fixed weight. */
    List<Double> balance() {
        return step.balance();
    }

    /** All batches of an epoch are over. */
    void epochEnded() {
        step.epochEnded();
    }

    /** Validation data as this phase sees it, and the model as it is now; to be closed after the pass. */
    ValidationPass validation(MultiLabelDataset data) {
        DataPass pass = DataPass.evaluation(settings.model().preprocessing());
        MultiLabelDataset seen = features.over(data, pass);
        boolean kept = seen instanceof FeatureDataset;
        return new ValidationPass(
                seen,
                pass,
                kept
                        ? forward.heads()
                        : block.newInference(settings.optimisation().precision()));
    }

    /** What its steps must remember, by name; {@code made} owns what is made for this. */
    Map<String, NDArray> state(NDManager made) {
        return step.state(made);
    }

    /** Takes over what {@link #state} gave. */
    void restore(Map<String, NDArray> saved) {
        step.restore(saved);
    }

    @Override
    public void close() {
        step.close();
        features.close();
        forward.close();
        manager.close();
    }
}
