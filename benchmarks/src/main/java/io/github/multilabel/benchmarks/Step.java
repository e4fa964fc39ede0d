package io.github.multilabel.benchmarks;

/** A contender in this JVM: a step, and what to close. */
record Step(String name, Runnable work, Runnable closing) implements Contender {

    private static final double NANOS = 1e9;

    @Override
    public double[] steps(int count) {
        double[] seconds = new double[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            work.run();
            seconds[i] = (System.nanoTime() - start) / NANOS;
        }
        return seconds;
    }

    @Override
    public void close() {
        closing.run();
    }
}
