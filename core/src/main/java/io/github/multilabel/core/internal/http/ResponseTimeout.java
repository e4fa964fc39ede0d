package io.github.multilabel.core.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits how long a server may be silent. The JDK's client has a limit for the beginning of a response, and none for
 * its bytes.
 *
 * @param longest how long it may be silent
 * @param meanwhile is called about twice a second while it is
 */
record ResponseTimeout(Duration longest, Runnable meanwhile) {

    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

    /** Gives what has come within a time, or null. */
    @FunctionalInterface
    interface Poll<T> {
        /** Waits at most so many nanoseconds; null if nothing has come by then. */
        @Nullable
        T within(long nanos) throws InterruptedException, ExecutionException;
    }

    /**
     * Waits for what comes next.
     *
     * @param received the number of bytes of the response that have come, for the message
     * @throws ExecutionException as {@code next} throws it
     * @throws TransientFailure if the server is silent for too long
     * @throws InterruptedIOException if the thread is interrupted, which it then still is
     */
    <T> T await(Poll<T> next, long received) throws IOException, ExecutionException {
        long start = System.nanoTime();
        while (true) {
            long left = longest.toNanos() - (System.nanoTime() - start);
            if (left <= 0) {
                throw new TransientFailure(
                        "the server sends nothing for " + longest.toMillis() / 1000.0 + " s"
                                + (received == 0 ? "" : " after " + received + " bytes"),
                        null);
            }
            try {
                @Nullable T come = next.within(Math.min(left, INTERVAL));
                if (come != null) {
                    return come;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the server");
            }
            meanwhile.run();
        }
    }
}
