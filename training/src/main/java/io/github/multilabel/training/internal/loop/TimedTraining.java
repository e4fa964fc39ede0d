package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.internal.settings.CheckpointSettings;
import io.github.multilabel.training.internal.settings.ControlSettings;
import io.github.multilabel.training.internal.settings.OptimisationSettings;
import io.github.multilabel.training.internal.settings.Phases;
import io.github.multilabel.training.internal.settings.TimeLimit;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import io.github.multilabel.training.schedule.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A training as it is laid out for the time that it may take.
 *
 * @param settings those that were asked for, with as many epochs as there is time for
 * @param time holds the training to it; empty if time is not limited, or nothing was laid out before a stop
 */
record TimedTraining(TrainingSettings settings, Optional<TimeKeeper> time) {

    /**
     * Lays a training out. One that goes on keeps what it chose when it began, and counts the time that it has taken;
     * one that was stopped before its first step begins.
     *
     * @param asked settings with or without a limit
     */
    static TimedTraining of(
            NDManager manager,
            MultiHeadBlock block,
            TrainingSettings asked,
            MultiHeadLoss loss,
            MultiHeadLoss mainLoss,
            TrainingControl control,
            MultiLabelDataset training,
            Optional<MultiLabelDataset> validation)
            throws IOException {
        if (asked.control().timeLimit().isEmpty()) {
            return new TimedTraining(asked, Optional.empty());
        }
        TimeLimit limit = asked.control().timeLimit().get();
        long start = limit.nanoTime().getAsLong();
        Optional<JsonObject> begun =
                checkpoint(asked).filter(json -> json.get(CheckpointKeys.STEP).getAsLong() > 0);
        Optional<JsonObject> saved = begun.map(json -> json.getAsJsonObject(CheckpointKeys.TIME_LIMIT));
        Optional<TimePlan> plan = saved.map(TimePlan::read)
                .filter(before ->
                        before.epochs().size() == asked.optimisation().phases().size());
        if (plan.isEmpty()) {
            plan = new TimePlanner(manager, block, asked, loss, mainLoss, control, training, validation, limit)
                    .plan(start, begun.isPresent());
        }
        if (plan.isEmpty()) {
            return new TimedTraining(asked, Optional.empty());
        }
        double before = saved.map(TimeKeeper::spentBefore).orElse(0.0);
        TimeKeeper time = new TimeKeeper(limit, start, before, plan.get(), TimePlanner.validationsAfter(asked));
        int steps = begun.isPresent() ? TimePlanner.steps(manager, asked, training) : 0;
        if (begun.filter(json -> isOther(limit, json)).isPresent()) {
            time = time.from(epochsDone(begun.get()), stepsBegun(begun.get(), asked), steps);
        }
        boolean isCached = begun.map(TimedTraining::isCached).orElse(time.plan().isWhole());
        TrainingSettings laidOut = settings(asked, time.plan(), isCached);
        String epochs = epochs(laidOut, asked);
        if (begun.isPresent() && !time.plan().isWhole()) {
            int done = epochsDone(begun.get());
            epochs = kept(laidOut, done, time.wholeEpochs(done, (int) stepsBegun(begun.get(), asked), steps));
        }
        announce(epochs, laidOut, limit, time.plan(), begun.isPresent(), control);
        return new TimedTraining(laidOut, Optional.of(time));
    }

    private static int epochsDone(JsonObject checkpoint) {
        return checkpoint.getAsJsonArray(CheckpointKeys.HISTORY).size();
    }

    /** Of the epoch that is not over. */
    private static double stepsBegun(JsonObject checkpoint, TrainingSettings asked) {
        return (double) checkpoint.get(CheckpointKeys.BATCH).getAsInt()
                / asked.optimisation().gradientAccumulation();
    }

    /** Whether a training was laid out for another limit, or for none. */
    private static boolean isOther(TimeLimit limit, JsonObject checkpoint) {
        JsonElement before = checkpoint.getAsJsonObject(CheckpointKeys.SETTINGS).get(ControlSettings.TIME_LIMIT);
        return before == null || !before.getAsString().equals(limit.toString());
    }

    private static String epochs(TrainingSettings laidOut, TrainingSettings asked) {
        int epochs = laidOut.optimisation().epochs();
        int most = asked.optimisation().epochs();
        return (epochs == most ? "all " : epochs + " of ") + most + " epochs" + phases(laidOut);
    }

    /**
     * Fewer than were chosen, or than there are of a training that began without a limit, would be another training.
     */
    private static String kept(TrainingSettings laidOut, int done, int more) {
        return "the training keeps its " + laidOut.optimisation().epochs() + " epochs" + phases(laidOut) + "; " + done
                + (done == 1 ? " is" : " are") + " done, and there is "
                + (more == 0 ? "no time for a whole one" : "time for about " + more + " more");
    }

    private static String phases(TrainingSettings laidOut) {
        return laidOut.optimisation().phases().stream()
                .map(Phase::toString)
                .collect(Collectors.joining("; ", " (", ")"));
    }

    private static Optional<JsonObject> checkpoint(TrainingSettings asked) throws IOException {
        Optional<CheckpointSettings> resumed = asked.control().checkpoints().filter(CheckpointSettings::resume);
        return resumed.isPresent() ? Checkpoints.description(resumed.get().folder()) : Optional.empty();
    }

    /** Whether a training that goes on keeps features, of which its plan knows. */
    private static boolean isCached(JsonObject checkpoint) {
        JsonElement before =
                checkpoint.getAsJsonObject(CheckpointKeys.SETTINGS).get(OptimisationSettings.FEATURE_CACHE);
        return before == null || before.getAsBoolean();
    }

    private static TrainingSettings settings(TrainingSettings asked, TimePlan plan, boolean isCached) {
        List<Phase> phases = new ArrayList<>();
        for (int p = 0; p < plan.epochs().size(); p++) {
            phases.add(Phases.shortened(
                    asked.optimisation().phases().get(p), plan.epochs().get(p)));
        }
        return asked.with(phases, isCached && asked.optimisation().featureCache());
    }

    private static void announce(
            String epochs,
            TrainingSettings laidOut,
            TimeLimit limit,
            TimePlan plan,
            boolean isBegun,
            TrainingControl control) {
        String text = "time limit " + limit + ": " + epochs + ", by "
                + plan.stepSeconds().stream()
                        .distinct()
                        .map(TimedTraining::number)
                        .collect(Collectors.joining(", "))
                + " s for a step and " + number(plan.validationSeconds()) + " s for a validation"
                + (plan.isWhole()
                        ? ""
                        : isBegun
                                ? "; the training goes on as it was laid out, but epochs end early, because the limit is"
                                        + " too short for all of their steps"
                                : "; there is no time for whole epochs, so each ends early");
        TrainingLog.LOG.info(text);
        control.publish(new TrainingEvent.TimePlanned(
                limit.duration(), laidOut.optimisation().phases(), plan.isWhole(), text));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
