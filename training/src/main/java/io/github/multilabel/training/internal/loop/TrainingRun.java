package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.evaluation.internal.EvaluationLoop;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.event.StopReason;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingResult;
import io.github.multilabel.training.internal.checkpoint.SavedCheckpoint;
import io.github.multilabel.training.internal.settings.MonitorRule;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import io.github.multilabel.training.schedule.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;

/** One call of {@code MultiLabelTrainer.fit}: phase after phase, from the first step to the best weights. */
public final class TrainingRun implements AutoCloseable {

    private static final Logger LOG = TrainingLog.LOG;

    private final NDManager manager;
    private final MultiHeadBlock block;
    private final TrainingSettings settings;
    private final MultiHeadLoss loss;
    private final TrainingControl control;
    private final MultiLabelDataset training;
    private final Optional<MultiLabelDataset> validation;
    /** Empty if the training may take as long as it takes. */
    private final Optional<TimeKeeper> time;

    private final Checkpoints checkpoints;
    private final EvaluationLoop evaluation;
    private final FrozenParts frozen;
    private final WeightAverage average;
    private final GroupSync sync;
    private final LossScale scale;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    /** Empty if no checkpoints are wanted. */
    private final Optional<RunSettings> described;

    private final BestWeights best;
    private final Soundness soundness;
    private final TrainingState state;
    private final List<EpochReport> history;
    /** How many images of the training and of the validation data were known to be unusable. */
    private int leftOutOfTraining;

    private int leftOutOfValidation;

    /**
     * Prepares a training.
     *
     * @param loss of all heads
     * @param mainLoss the loss of the main heads
     * @param validation evaluated after each epoch, if there
     * @param time holds the training to its limit, if it has one
     */
    TrainingRun(
            NDManager parent,
            MultiHeadBlock block,
            TrainingSettings given,
            MultiHeadLoss loss,
            MultiHeadLoss mainLoss,
            TrainingControl control,
            MultiLabelDataset training,
            Optional<MultiLabelDataset> validation,
            Optional<TimeKeeper> time)
            throws IOException {
        this.time = time;
        this.block = block;
        this.settings = given.on(validation.isPresent());
        this.loss = loss;
        this.control = control;
        this.training = training;
        this.validation = validation;
        MonitorRule rule = settings.control().monitor();
        block.parametersByName().forEach((name, parameter) -> weights.put(name, parameter.getArray()));
        frozen = new FrozenParts(block);
        checkpoints = new Checkpoints(settings.control().checkpoints(), control);
        manager = parent.newSubManager();
        sync = new GroupSync(manager, control, settings.control().group());
        evaluation = new EvaluationLoop(manager, mainLoss, sync.others());
        average = new WeightAverage(manager, block, settings.optimisation().emaDecay());
        scale = new LossScale(settings.optimisation().precision());
        soundness = new Soundness(manager, settings, rule);
        best = new BestWeights(manager, weights, rule, settings.control().restoreBestWeights());
        state = new TrainingState(settings, weights, average, scale, best, soundness);
        history = state.history();
        described = checkpoints.areWanted() ? Optional.of(described(rule)) : Optional.empty();
        log(
                rule.part().isPresent()
                        ? "monitoring " + rule + (rule.metric().higherIsBetter() ? " (higher" : " (lower")
                                + " is better)"
                        : "no validation images: the last epoch counts as the best");
    }

    /**
     * Prepares a training, laid out for the time that it may take.
     *
     * @param loss of all heads
     * @param mainLoss the loss of the main heads
     * @param validation evaluated after each epoch, if there
     */
    public static TrainingRun of(
            NDManager parent,
            MultiHeadBlock block,
            TrainingSettings asked,
            MultiHeadLoss loss,
            MultiHeadLoss mainLoss,
            TrainingControl control,
            MultiLabelDataset training,
            Optional<MultiLabelDataset> validation)
            throws IOException {
        TimedTraining timed = TimedTraining.of(parent, block, asked, loss, mainLoss, control, training, validation);
        return new TrainingRun(
                parent, block, timed.settings(), loss, mainLoss, control, training, validation, timed.time());
    }

    /** A rehearsal is no training for its users, and has a line of its own. */
    private void log(String message, Object... values) {
        if (!settings.control().rehearsal()) {
            LOG.info(message, values);
        }
    }

    private RunSettings described(MonitorRule rule) throws IOException {
        return new RunSettings(
                settings,
                ModelFingerprint.of(block, weights),
                DataFingerprint.ofTraining(training, firstPass(settings), batchesPerEpoch(manager, settings, training)),
                validation.map(data -> DataFingerprint.ofValidation(
                        data, DataPass.evaluation(settings.model().preprocessing()), rule.isOfValidation())));
    }

    /** As many as there are if no image is skipped. */
    static int batchesPerEpoch(NDManager manager, TrainingSettings settings, MultiLabelDataset training)
            throws IOException {
        try (Batches batches = training.batches(manager, firstPass(settings))) {
            return batches.count();
        }
    }

    private static DataPass firstPass(TrainingSettings settings) {
        return DataPass.training(
                settings.model().preprocessing(), settings.optimisation().seed(), 0);
    }

    public TrainingResult fit() throws IOException {
        StopReason end;
        try (ResumeState resumed = new ResumeState(manager)) {
            resume(resumed);
            control.publish(new TrainingEvent.Started(
                    settings.model().heads(), settings.optimisation().epochs(), state.step(), history));
            end = phases(resumed);
        }
        checkpoints.complete();
        average.show();
        TrainingResult result = new TrainingResult(history, best.epoch().orElse(history.size()), end);
        if (settings.control().restoreBestWeights() && result.bestEpoch() > 0) {
            best.putBack();
            log("the model has the weights of epoch {}", result.bestEpoch());
        }
        if (end != StopReason.STOPPED && !settings.control().rehearsal()) {
            soundness.requireSuccess(history, kept());
            soundness.requireFinite(kept().epoch(), weights);
        }
        time.ifPresent(limited -> tellOfTime(limited, end));
        control.publish(new TrainingEvent.Ended(result));
        return result;
    }

    private void tellOfTime(TimeKeeper limited, StopReason end) {
        boolean isOver = end == StopReason.TIME_LIMIT;
        if (end == StopReason.STOPPED || limited.plan().isWhole() && !limited.isLate() && !isOver) {
            return;
        }
        String text = (isOver
                        ? "the time limit of " + limited + " was over after " + history.size() + " of "
                                + settings.optimisation().epochs() + " epochs"
                        : "epochs ended early to keep the time limit of " + limited)
                + (limited.plan().isWhole()
                        ? ", because they took longer than was measured at first"
                        : ", because it is too short for all of their steps")
                + ": these numbers cannot be repeated without a limit";
        LOG.warn(text);
        if (limited.plan().isWhole()) {
            control.publish(new TrainingEvent.TimePlanned(
                    limited.limit(), settings.optimisation().phases(), false, text));
        }
    }

    private void resume(ResumeState resumed) throws IOException {
        try (SavedCheckpoint checkpoint = checkpoints.start().orElse(null)) {
            if (checkpoint == null) {
                return;
            }
            described.orElseThrow().requireResumable(checkpoint, manager, () -> state.requirePlace(checkpoint));
            int batch = state.restore(checkpoint, manager, resumed);
            int epochs = settings.optimisation().epochs();
            if (history.size() >= epochs) {
                log(
                        "the training is complete already ({} of {} epochs); more epochs continue it",
                        history.size(),
                        epochs);
            } else {
                log("going on in epoch {} after {} batches, {} steps", history.size() + 1, batch, state.step());
            }
        }
    }

    private StopReason phases(ResumeState resumed) throws IOException {
        PhasePosition place = state.place();
        for (int p = place.phase(); p < settings.optimisation().phases().size(); p++) {
            int first = p == place.phase() ? place.epoch() : 0;
            if (first == 0) {
                best.epoch().waitAnew();
            }
            Optional<StopReason> end = phase(p, first, resumed);
            if (end.isPresent()) {
                return end.get();
            }
        }
        return StopReason.COMPLETED;
    }

    /** Why the training ends in this phase, if it does. */
    private Optional<StopReason> phase(int number, int firstEpoch, ResumeState resumed) throws IOException {
        Phase phase = settings.optimisation().phases().get(number);
        boolean last = number == settings.optimisation().phases().size() - 1;
        if (last && best.epoch().isOverdue()) {
            return Optional.of(StopReason.EARLY_STOPPED);
        }
        if (firstEpoch >= phase.epochs()) {
            return Optional.empty();
        }
        if (isTimeUp()) {
            return Optional.of(StopReason.TIME_LIMIT);
        }
        frozen.apply(phase);
        int first = history.size() + 1;
        int end = history.size() + phase.epochs() - firstEpoch;
        log("{}: {}, {}", first == end ? "epoch " + first : "epochs " + first + " to " + end, phase.learning(), frozen);
        control.publish(new TrainingEvent.PhaseStarted(history.size() + 1, phase + ", " + frozen));
        try (PhaseRun run = new PhaseRun(
                manager,
                block,
                settings,
                loss,
                average,
                scale,
                phase,
                control,
                time.<Pace>map(limited -> limited).orElse(Pace.STEADY),
                sync)) {
            resumed.give(run);
            for (int epoch = firstEpoch; epoch < phase.epochs(); epoch++) {
                Optional<TrainingEvent.EpochDone> done = epoch(run, epoch, resumed);
                if (done.isEmpty()) {
                    return Optional.of(StopReason.STOPPED);
                }
                boolean overdue = last && best.epoch().isOverdue();
                boolean complete = last && epoch == phase.epochs() - 1;
                boolean timeUp = !complete && isTimeUp();
                boolean finished = overdue || complete || timeUp;
                if (finished && !settings.control().rehearsal()) {
                    soundness.requireSuccess(history, kept());
                }
                save(run, Optional.empty(), finished);
                control.publish(done.get()); // after it is saved: what a listener throws costs no epoch
                if (overdue) {
                    log("stopped early: {}", best.epoch().whyOverdue());
                    return Optional.of(StopReason.EARLY_STOPPED);
                }
                if (timeUp) {
                    log(
                            "stopped after {} of {} epochs: there is no time for another within the limit of {}",
                            history.size(),
                            settings.optimisation().epochs(),
                            time.orElseThrow());
                    return Optional.of(StopReason.TIME_LIMIT);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether there is no time for another epoch; there is always some for the first. */
    private boolean isTimeUp() {
        return !history.isEmpty()
                && time.map(limited -> !limited.isTimeFor(history.size())).orElse(false);
    }

    /** The epoch whose weights the model would keep now. */
    private EpochReport kept() {
        int last = history.size();
        return history.get(
                (settings.control().restoreBestWeights() ? best.epoch().orElse(last) : last) - 1);
    }

    /** The event to publish when the epoch is saved; empty if the epoch did not come to its end. */
    private Optional<TrainingEvent.EpochDone> epoch(PhaseRun run, int epoch, ResumeState resumed) throws IOException {
        try (EpochProgress current = new EpochProgress(() -> new EvaluationAccumulator(
                manager,
                settings.model().heads(),
                settings.model().mainHeads(),
                settings.loss().headWeights()))) {
            resumed.give(current);
            average.hide();
            boolean learned = run.learn(epoch, history.size(), training, current, (batches, rate, result) -> {
                state.stepped();
                soundness.stepped(rate, result);
                control.publish(new TrainingEvent.StepDone(
                        history.size() + 1,
                        (int) batches.last().getProgress() + 1,
                        (int) batches.last().getProgressTotal(),
                        state.step(),
                        batches.images(),
                        rate,
                        result.loss(),
                        result.losses(),
                        result.isSkipped()));
                boolean failed = result.outcome() == StepResult.Outcome.NOT_FINITE; // better keep those of before
                if (!sync.isInGroup() && checkpoints.areDueAfter(state.step()) && !failed) {
                    save(run, Optional.of(current), false);
                }
                sync.stepped(batches.images(), round -> saveIfDue(round, run, current));
            });
            if (learned) {
                sync.endEpoch(round -> saveIfDue(round, run, current));
                learned = !sync.isStopAsked();
            }
            if (learned) {
                requireLearned(run, current);
            }
            Optional<EpochReport> report =
                    learned ? evaluated(run, current.report(history.size() + 1, sync)) : Optional.empty();
            if (report.isEmpty()) {
                log("stopped in epoch {} after {} batches", history.size() + 1, current.nextBatch());
                save(run, Optional.of(current), false);
                return Optional.empty();
            }
            run.epochEnded();
            requireSound(run, report.get());
            history.add(report.get());
            boolean better = best.offer(report.get());
            forgetCategories();
            log("{}", report.get());
            return Optional.of(new TrainingEvent.EpochDone(report.get(), state.step(), better));
        }
    }

    private void saveIfDue(long round, PhaseRun run, EpochProgress current) {
        if (sync.isCheckpointDue(round, checkpoints.interval())) {
            save(run, Optional.of(current), false);
        }
    }

    private void requireLearned(PhaseRun run, EpochProgress current) {
        if (settings.control().rehearsal()) {
            return;
        }
        int leftOut = training.leftOut().size();
        soundness.requireLearned(history.size() + 1, current, run, training.size(), leftOut);
        if (leftOut > leftOutOfTraining) {
            leftOutOfTraining = leftOut;
            DataChecks.requireLearnable(training, settings.loss().headWeightsInOrder());
        }
    }

    private void requireSound(PhaseRun run, EpochReport report) {
        if (settings.control().rehearsal()) {
            return;
        }
        soundness.requireSound(report, weights, run.headsWithoutGradient());
        int leftOut = validation.map(data -> data.leftOut().size()).orElse(0);
        if (leftOut > leftOutOfValidation) {
            leftOutOfValidation = leftOut;
            DataChecks.warnOfUnlabelled(settings.model().mainHeads(), validation.orElseThrow());
        }
    }

    /** A history of many epochs does not keep the many categories of each. */
    private void forgetCategories() {
        int last = history.size();
        int keep = best.epoch().orElse(last);
        for (int i = 0; i < last - 1; i++) {
            if (i != keep - 1) {
                history.set(i, history.get(i).withoutManyCategories());
            }
        }
    }

    /** The report with what validation found; empty if validation was stopped. */
    private Optional<EpochReport> evaluated(PhaseRun run, EpochReport learned) throws IOException {
        average.show();
        if (validation.isEmpty()) {
            return Optional.of(learned);
        }
        return evaluate(run, validation.get()).map(learned::with);
    }

    /** Empty if it was asked to stop. */
    private Optional<Evaluation> evaluate(PhaseRun run, MultiLabelDataset data) throws IOException {
        long start = time.map(TimeKeeper::now).orElse(0L);
        try (ValidationPass seen = run.validation(data);
                Progress progress = Progress.of(settings.control().progress(), "evaluation", data.size())) {
            Optional<Evaluation> found = evaluation.run(
                    seen.data(), seen.pass(), seen::logits, sync.isInGroup() ? progress : control.watching(progress));
            time.ifPresent(limited -> limited.validated((limited.now() - start) / 1e9));
            return found;
        } catch (UncheckedIOException e) {
            if (control.isStop(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** @param unfinished an epoch that is not over */
    private void save(PhaseRun run, Optional<EpochProgress> unfinished, boolean finished) {
        described.ifPresent(texts -> save(texts, run, unfinished, finished));
    }

    private void save(RunSettings texts, PhaseRun run, Optional<EpochProgress> unfinished, boolean finished) {
        boolean shown = average.isShown();
        average.hide();
        try (NDManager made = manager.newSubManager()) {
            int epoch = history.size() + (unfinished.isPresent() ? 1 : 0);
            soundness.requireFinite(Math.min(epoch, settings.optimisation().epochs()), weights);
            JsonObject description = state.description(
                    texts, time, unfinished.map(EpochProgress::nextBatch).orElse(0), finished);
            checkpoints.save(state.step(), description, state.tensors(made, texts, run, unfinished));
        } finally {
            if (shown) {
                average.show();
            }
        }
    }

    @Override
    public void close() {
        frozen.restore();
        soundness.close();
        best.close();
        average.close();
        manager.close();
        checkpoints.close();
    }
}
