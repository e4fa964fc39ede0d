package io.github.multilabel.data.internal;

import io.github.multilabel.core.ProgressListener;
import java.util.concurrent.TimeUnit;

/** Reports how far one task has come about twice a second, and at its begin and end. For the thread that made it. */
public final class ProgressReports {

    static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

    private final String task;
    private final long total;
    private final ProgressListener listener;
    private long reported = System.nanoTime();

    /** Reports the begin. */
    public ProgressReports(String task, long total, ProgressListener listener) {
        this.task = task;
        this.total = total;
        this.listener = listener;
        listener.onProgress(task, 0, total);
    }

    /** Reports how much is done, if it is time; only {@link #end} says that all is. */
    public void at(long done) {
        if (System.nanoTime() - reported >= INTERVAL) {
            reported = System.nanoTime();
            listener.onProgress(task, Math.min(done, total - 1), total);
        }
    }

    /** Reports the end. */
    public void end() {
        listener.onProgress(task, total, total);
    }
}
