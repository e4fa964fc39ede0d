package io.github.multilabel.training.internal.loop;

/** How far each step of an epoch goes on in the schedule of its phase: one step, or a leap where time is short. */
interface Pace {

    /** Of a training that may take as long as it takes. */
    Pace STEADY = new Pace() {};

    /** The first step of an epoch begins, or the first after an interruption. */
    default void begin() {}

    /**
     * A step was made.
     *
     * @param epoch of the whole training, from 0
     * @param position of that step in the schedule of the epoch, from 0
     * @param steps of the epoch
     * @return how far the next step is from there, at least 1; infinite if there is no time for another
     */
    default double stride(int epoch, double position, long steps) {
        return 1;
    }
}
