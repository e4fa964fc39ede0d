package io.github.multilabel.training.internal.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How long a training may take.
 *
 * @param duration above 0
 * @param nanoTime the clock, as {@link System#nanoTime}
 */
public record TimeLimit(Duration duration, LongSupplier nanoTime) {

    public double seconds() {
        return duration.toNanos() / 1e9;
    }

    /** As {@code 1h30m}. */
    @Override
    public String toString() {
        return duration.toString().replaceFirst("^PT", "").toLowerCase(Locale.ROOT);
    }
}
