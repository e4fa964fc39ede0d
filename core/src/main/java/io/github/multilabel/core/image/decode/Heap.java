package io.github.multilabel.core.image.decode;

/** Runs what takes much memory, so that one image never costs another one its own. */
final class Heap {

    private static final Object ALONE = new Object();

    private Heap() {}

    /** What takes much memory. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * Runs it, and once more while no other such work is repeated if memory was short: perhaps it was short only
     * because of what other threads were decoding.
     *
     * @throws OutOfMemoryError if there is too little for this work alone
     */
    static <T, E extends Exception> T run(Work<T, E> work) throws E {
        try {
            return work.run();
        } catch (OutOfMemoryError e) {
            synchronized (ALONE) {
                return work.run();
            }
        }
    }
}
