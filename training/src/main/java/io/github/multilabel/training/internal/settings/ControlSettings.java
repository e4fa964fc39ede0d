package io.github.multilabel.training.internal.settings;

import io.github.multilabel.training.event.TrainingListener;
import java.util.List;
import java.util.Optional;

/**
 * The way a training is watched, saved and ended.
 *
 * @param monitor chooses the best epoch and may end the training
 * @param restoreBestWeights whether the model ends with the weights of the best epoch
 * @param nonFiniteLimit after so many batches in a row whose loss or gradient is not finite the training fails
 * @param checkpoints if any are wanted
 * @param timeLimit the time that the training may take, if that is limited
 * @param progress whether to draw a progress bar
 * @param listeners to the events of the training
 * @param group that the training is a member of, if there is one
 * @param rehearsal whether the training only tries learning rates, so that it may diverge
 */
public record ControlSettings(
        MonitorRule monitor,
        boolean restoreBestWeights,
        int nonFiniteLimit,
        Optional<CheckpointSettings> checkpoints,
        Optional<TimeLimit> timeLimit,
        boolean progress,
        List<TrainingListener> listeners,
        Optional<GroupSettings> group,
        boolean rehearsal) {

    /** The key of the limit of time in checkpoints. */
    public static final String TIME_LIMIT = "time limit";

    /** Copies the list. */
    public ControlSettings {
        listeners = List.copyOf(listeners);
    }

    Fingerprint fingerprint() {
        return Fingerprint.nothing()
                .compared(
                        "best epoch by", monitor.saved() + (restoreBestWeights ? ", kept" : ", not kept"), "optMonitor")
                .and(monitor.fingerprint())
                .harmless("limit of batches that are not finite", nonFiniteLimit, "optNonFiniteLimit")
                .harmless(TIME_LIMIT, timeLimit.map(TimeLimit::toString).orElse("none"), "optTimeLimit")
                .and(checkpoints.map(CheckpointSettings::fingerprint).orElse(Fingerprint.nothing()))
                .and(group.map(GroupSettings::fingerprint).orElse(Fingerprint.nothing()))
                .irrelevant("progress", "listeners", "rehearsal");
    }

    ControlSettings on(boolean validation) {
        return new ControlSettings(
                monitor.on(validation),
                restoreBestWeights,
                nonFiniteLimit,
                checkpoints,
                timeLimit,
                progress,
                listeners,
                group,
                rehearsal);
    }

    /**
     * The same without best weights, early end, checkpoints and progress bar; batches that are not finite do not end
     * the training.
     */
    ControlSettings rehearsing() {
        return new ControlSettings(
                monitor.unused(),
                false,
                Integer.MAX_VALUE,
                Optional.empty(),
                Optional.empty(),
                false,
                listeners,
                Optional.empty(),
                true);
    }
}
