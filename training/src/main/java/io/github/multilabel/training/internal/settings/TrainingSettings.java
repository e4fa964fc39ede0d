package io.github.multilabel.training.internal.settings;

import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import io.github.multilabel.training.schedule.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All settings of a training, checked.
 *
 * @param model the model that is trained
 * @param loss the loss that is minimised
 * @param optimisation the way the weights move
 * @param control the way the training is watched, saved and ended
 */
public record TrainingSettings(
        ModelSettings model, LossSettings loss, OptimisationSettings optimisation, ControlSettings control) {

    /** The texts by which checkpoints know all of them. */
    public Fingerprint fingerprint() {
        return model.fingerprint()
                .and(loss.fingerprint())
                .and(optimisation.fingerprint())
                .and(control.fingerprint());
    }

    /** The options that are set, for people, each with a comma before it; empty if none is. */
    public String beyondDefaults() {
        List<String> set = new ArrayList<>();
        optimisation.emaDecay().ifPresent(decay -> set.add("EMA decay " + decay));
        if (optimisation.gradientAccumulation() > 1) {
            set.add("gradient accumulation of " + optimisation.gradientAccumulation() + " batches");
        }
        if (optimisation.gradientClipNorm() < Double.POSITIVE_INFINITY) {
            set.add("clip norm " + optimisation.gradientClipNorm());
        }
        if (!loss.balancing().describe().equals(LossBalancing.fixed().describe())) {
            set.add("loss balancing: " + loss.balancing().describe());
        }
        loss.mix().ifPresent(mix -> set.add(mix.describe()));
        loss.losses().values().stream()
                .map(HeadLoss::describe)
                .map(SavedText::readable)
                .filter(text -> text.contains("smoothing"))
                .distinct()
                .forEach(set::add);
        model.layers().values().stream()
                .filter(layers -> !layers.equals(HeadLayers.linear()))
                .distinct()
                .forEach(layers -> set.add("head layers: " + layers));
        return set.stream().map(", "::concat).collect(Collectors.joining());
    }

    /**
     * The same for data at hand.
     *
     * @param validation whether there are validation images
     * @throws IllegalArgumentException if validation images choose the best epoch and there are none
     */
    public TrainingSettings on(boolean validation) {
        return new TrainingSettings(model, loss, optimisation, control.on(validation));
    }

    /** The same with other phases, and with features of a frozen backbone computed once or not. */
    public TrainingSettings with(List<Phase> phases, boolean featureCache) {
        return new TrainingSettings(model, loss, optimisation.with(phases, featureCache), control);
    }

    /** The same for a rehearsal of one phase, which only shows how long a step takes. */
    public TrainingSettings rehearsing(Phase phase) {
        return new TrainingSettings(model, loss, optimisation.with(List.of(phase), false), control.rehearsing());
    }

    /**
     * The same for a rehearsal, which tries learning rates in the first epoch of the first phase, again and again.
     *
     * @param epochs how often
     * @param rates gives the learning rate itself
     */
    public TrainingSettings rehearsing(int epochs, LearningRateSchedule rates) {
        return new TrainingSettings(model, loss, optimisation.rehearsing(epochs, rates), control.rehearsing());
    }
}
