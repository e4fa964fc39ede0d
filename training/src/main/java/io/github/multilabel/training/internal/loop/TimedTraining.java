package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.internal.settings.CheckpointSettings;
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
     * Lays a training out. One that goes on keeps what it chose when it began, and counts the time that it has taken.
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
        Optional<JsonObject> checkpoint = checkpoint(asked);
        Optional<JsonObject> saved = checkpoint.map(json -> json.getAsJsonObject(CheckpointKeys.TIME_LIMIT));
        Optional<TimePlan> plan = saved.map(TimePlan::read)
                .filter(before ->
                        before.epochs().size() == asked.optimisation().phases().size());
        if (plan.isEmpty()) {
            plan = new TimePlanner(manager, block, asked, loss, mainLoss, control, training, validation, limit)
                    .plan(start, checkpoint.isPresent());
        }
        if (plan.isEmpty()) {
            return new TimedTraining(asked, Optional.empty());
        }
        TrainingSettings laidOut = settings(asked, plan.get());
        TimeKeeper time =
                new TimeKeeper(limit, start, saved.map(TimeKeeper::spentBefore).orElse(0.0), plan.get());
        String epochs = epochs(laidOut, asked);
        if (checkpoint.isPresent() && plan.get().isWhole()) {
            int done = checkpoint.get().getAsJsonArray(CheckpointKeys.HISTORY).size();
            int begun = checkpoint.get().get(CheckpointKeys.BATCH).getAsInt()
                    / asked.optimisation().gradientAccumulation();
            int more = time.wholeEpochs(done, begun, TimePlanner.steps(manager, asked, training));
            epochs = done + more < laidOut.optimisation().epochs() ? kept(laidOut, done, more) : epochs;
        }
        announce(epochs, laidOut, limit, plan.get(), control);
        return new TimedTraining(laidOut, Optional.of(time));
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
                + (more == 0 ? "no time for a whole one" : "time for about " + more + " more")
                + ", so that they end early";
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

    private static TrainingSettings settings(TrainingSettings asked, TimePlan plan) {
        List<Phase> phases = new ArrayList<>();
        for (int p = 0; p < plan.epochs().size(); p++) {
            phases.add(Phases.shortened(
                    asked.optimisation().phases().get(p), plan.epochs().get(p)));
        }
        return asked.with(phases, plan.isWhole() && asked.optimisation().featureCache());
    }

    private static void announce(
            String epochs, TrainingSettings laidOut, TimeLimit limit, TimePlan plan, TrainingControl control) {
        String text = "time limit " + limit + ": " + epochs + ", by "
                + plan.stepSeconds().stream()
                        .distinct()
                        .map(TimedTraining::number)
                        .collect(Collectors.joining(", "))
                + " s for a step and " + number(plan.validationSeconds()) + " s for a validation"
                + (plan.isWhole() ? "" : "; there is no time for whole epochs, so each ends early");
        TrainingLog.LOG.info(text);
        control.publish(new TrainingEvent.TimePlanned(
                limit.duration(), laidOut.optimisation().phases(), plan.isWhole(), text));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
