package io.github.multilabel.training.schedule;

/** A schedule of this library, with the text by which checkpoints know it: the text is their format, and stays. */
record NamedSchedule(String describe, LearningRateSchedule schedule) implements LearningRateSchedule {

    @Override
    public double factor(double epoch, int epochs) {
        return schedule.factor(epoch, epochs);
    }
}
