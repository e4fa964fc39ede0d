package io.github.multilabel.core;

import io.github.multilabel.core.internal.message.Given;
import java.io.PrintStream;
import org.slf4j.LoggerFactory;

/**
 * Receives the progress of a long task, for example of a download or of reading all images of a table.
 *
 * <pre>{@code
 * builder.optProgress((task, done, total) -> window.show(task, (double) done / total));
 * }</pre>
 */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Called about twice a second, also without progress, and once at the end; for one task always on the thread that
     * started it.
     *
     * @param task a description for people, for example {@code "checking images"}
     * @param done the number of items or bytes that are done, 0 to {@code total}; it starts above 0 if a task continues
     *     where it was interrupted
     * @param total the number of items or bytes of the whole task
     */
    void onProgress(String task, long done, long total);

    /** Returns a listener that logs a line every ten seconds; tasks that take less time log nothing. */
    static ProgressListener standard() {
        return new ProgressText(null, LoggerFactory.getLogger(ProgressListener.class)::info, System::nanoTime);
    }

    /**
     * Returns a listener that shows one line, which is rewritten and removed at the end; tasks of less than a second
     * show nothing. For programs that run in a terminal.
     *
     * @param terminal where the line is shown, for example {@code System.err}
     */
    static ProgressListener changingLine(PrintStream terminal) {
        return new ProgressText(
                Given.require(terminal, "terminal", "e.g. System.err"),
                line -> {}, // a terminal has no log
                System::nanoTime);
    }

    /** Returns a listener that does nothing. */
    static ProgressListener none() {
        return (task, done, total) -> {};
    }
}
