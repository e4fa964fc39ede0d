package io.github.multilabel.core;

import org.slf4j.LoggerFactory;

/**
 * Is told how far a long task has come, such as reading all images of a table.
 *
 * <pre>{@code
 * builder.optProgress((task, done, total) -> window.show(task, (double) done / total));
 * }</pre>
 */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Called about twice a second, also while nothing moves, and once at the end; for one task always on the thread
     * that started it.
     *
     * @param task what is done, for people, such as {@code "checking images"}
     * @param done so many are done, 0 to {@code total}
     * @param total so many there are
     */
    void onProgress(String task, long done, long total);

    /**
     * In words: where standard output is a terminal, a line that changes, on standard error; otherwise a line in the
     * log every ten seconds. Nothing about tasks that take less.
     */
    static ProgressListener standard() {
        return new ProgressText(
                Terminal.isThere() ? System.err : null,
                LoggerFactory.getLogger(ProgressListener.class)::info,
                System::nanoTime);
    }

    /** Says nothing. */
    static ProgressListener none() {
        return (task, done, total) -> {};
    }
}
