package io.github.multilabel.benchmarks;

/** One way of doing the work that is measured. Everything is prepared before the first {@link #steps}. */
interface Contender extends AutoCloseable {

    /** What the table calls it. */
    String name();

    /**
     * Does the work some times.
     *
     * @return the seconds of each time
     */
    double[] steps(int count);

    @Override
    void close();
}
