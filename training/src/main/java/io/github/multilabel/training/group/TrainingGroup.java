package io.github.multilabel.training.group;

import java.io.IOException;
import java.util.List;

/**
 * What trainings of one model tell each other, each of which learns from its share of the images. Every member calls
 * the same methods in the same order, and waits in each for all others; a member that fails must not let them wait for
 * ever. For one thread, the one that trains.
 *
 * <p>The trainer calls it between two steps, and holds no lock meanwhile.
 */
public interface TrainingGroup {

    /** Which member this is, from 0. */
    int rank();

    /** How many members there are, at least 1. */
    int size();

    /**
     * Gives every member what each gave.
     *
     * @param what it is, for names of files and messages, such as {@code progress}
     * @param mine a few bytes up to some megabytes
     * @return in the order of ranks
     * @throws IOException if members cannot be reached, or this one is to end
     */
    List<byte[]> gather(String what, byte[] mine) throws IOException;

    /**
     * Replaces values by the weighted mean of the values of all members, the same for all bit for bit.
     *
     * @param what it is, for names of files and messages
     * @param values of the same length for all
     * @param weight of the own values, at least 0; not all are 0
     * @throws IOException if members cannot be reached, or this one is to end
     */
    void average(String what, float[] values, double weight) throws IOException;
}
