package io.github.multilabel.core;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Shows progress as one line of a terminal that is rewritten, or logs a line now and then. */
final class ProgressText implements ProgressListener {

    private static final long BETWEEN_LOG_LINES = TimeUnit.SECONDS.toNanos(10);
    /** Tasks that take less time show nothing. */
    private static final long BEFORE_TERMINAL = TimeUnit.SECONDS.toNanos(1);

    /** Null if there is none. */
    private final @Nullable PrintStream terminal;

    private final Consumer<String> log;
    private final LongSupplier clock;
    private String task = "";
    private long started;
    private long startedAt;
    private long loggedAt;
    private int shown;

    /**
     * Begins with nothing.
     *
     * @param terminal where the line is shown, or null for the log
     * @param log takes a line
     * @param clock in nanoseconds
     */
    ProgressText(@Nullable PrintStream terminal, Consumer<String> log, LongSupplier clock) {
        this.terminal = terminal;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public synchronized void onProgress(String name, long done, long total) {
        long now = clock.getAsLong();
        if (!name.equals(task)) {
            task = name;
            started = now;
            startedAt = done;
            loggedAt = now;
        }
        if (done == total) {
            task = ""; // the next one of this name starts anew
            show("");
        } else if (terminal != null && now - started >= BEFORE_TERMINAL) {
            show(line(name, done, total, now - started));
        } else if (terminal == null && now - loggedAt >= BETWEEN_LOG_LINES) {
            loggedAt = now;
            log.accept(line(name, done, total, now - started));
        }
    }

    private void show(String line) {
        if (terminal != null && (shown > 0 || !line.isEmpty())) {
            terminal.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
            terminal.print(line.isEmpty() ? "\r" : "");
            terminal.flush();
            shown = line.length();
        }
    }

    /** For example {@code "checking images: 12,400 of 300,000, 4 min left"}. */
    private String line(String name, long done, long total, long nanos) {
        String line = String.format(Locale.ROOT, "%s: %,d of %,d", name, done, total);
        long gained = done - startedAt; // a download that is taken up begins with what it has
        return gained <= 0 ? line : line + ", " + left((total - done) * (nanos / 1e9 / gained));
    }

    private static String left(double seconds) {
        if (seconds < 100) {
            return String.format(Locale.ROOT, "%.0f s left", seconds);
        }
        return seconds < 6000
                ? String.format(Locale.ROOT, "%.0f min left", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h left", seconds / 3600);
    }
}
