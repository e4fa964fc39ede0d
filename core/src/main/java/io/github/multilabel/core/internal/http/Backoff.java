package io.github.multilabel.core.internal.http;

import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * The pauses between attempts.
 *
 * @param first before the second attempt; doubled for each further one
 */
public record Backoff(Duration first) {

    /**
     * Waits before the next attempt.
     *
     * @param failures so many attempts in a row have failed; 1 waits for {@code first}
     * @throws InterruptedIOException if the thread is interrupted, which it then still is
     */
    public void rest(int failures) throws InterruptedIOException {
        try {
            Thread.sleep(first.multipliedBy(1L << (failures - 1)).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to try again");
        }
    }
}
