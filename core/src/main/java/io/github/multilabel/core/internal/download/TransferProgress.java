package io.github.multilabel.core.internal.download;

import io.github.multilabel.core.ProgressListener;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Reports about twice a second how much of a file has come, in bytes; nothing while its size is not known. */
final class TransferProgress {

    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

    private final String task;
    private final ProgressListener listener;
    private final LongSupplier clock;
    private long received;
    private long total;
    private long reported;

    /** @param clock in nanoseconds */
    TransferProgress(RemoteFile file, ProgressListener listener, LongSupplier clock) {
        this.task = "downloading " + file.name() + " (bytes)";
        this.listener = listener;
        this.clock = clock;
    }

    /** @param all 0 or less if it is not known */
    void begin(long before, long all) {
        received = before;
        total = all;
        report();
    }

    void received(int bytes) {
        received += bytes;
        waiting();
    }

    /** To be called now and then while nothing comes. */
    void waiting() {
        if (clock.getAsLong() - reported >= INTERVAL) {
            report();
        }
    }

    private void report() {
        reported = clock.getAsLong();
        if (total > 0 && received < total) { // all of it is reported by end()
            listener.onProgress(task, received, total);
        }
    }

    void end() {
        if (total > 0) {
            listener.onProgress(task, total, total);
        }
    }
}
