package io.github.multilabel.core;

import io.github.multilabel.core.internal.Terminal;
import java.io.PrintStream;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/**
 * Is told how far a long task has come, such as reading all images of a table, or a download.
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
     * @param done so many are done, 0 to {@code total}; not 0 at the beginning of what goes on where it was interrupted
     * @param total so many there are
     */
    void onProgress(String task, long done, long total);

    /** In words, a line in the log every ten seconds; nothing about tasks that take less. */
    static ProgressListener standard() {
        return new ProgressText(null, LoggerFactory.getLogger(ProgressListener.class)::info, System::nanoTime);
    }

    /**
     * In words, one line that changes and goes away at the end; nothing about tasks that take less than a second. For
     * programs at a {@link Terminal}: no library should write to one unasked.
     *
     * @param terminal takes the line, such as {@code System.err}
     */
    static ProgressListener changingLine(PrintStream terminal) {
        return new ProgressText(
                Objects.requireNonNull(terminal, "terminal"),
                line -> {}, // a terminal has no log
                System::nanoTime);
    }

    /** Says nothing. */
    static ProgressListener none() {
        return (task, done, total) -> {};
    }
}
