package io.github.multilabel.training.internal.settings;

import io.github.multilabel.training.schedule.LearningRateSchedule;

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

    /**
     * The same for data at hand.
     *
     * @param validation whether there are validation images
     * @throws IllegalArgumentException if validation images choose the best epoch and there are none
     */
    public TrainingSettings on(boolean validation) {
        return new TrainingSettings(model, loss, optimisation, control.on(validation));
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
