package io.github.multilabel.core.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@link Precision#AUTO} is on each device: measured once in the life of the JVM. */
final class AutoPrecision {

    private static final Logger LOG = LoggerFactory.getLogger(Precision.class);

    /** How many times as fast as float32 a precision must be to be worth its lost digits. */
    private static final double CLEARLY = 1.2;

    private static final int ROUNDS = 10;

    private static final Map<Device, Choice> CHOICES = new ConcurrentHashMap<>();

    private AutoPrecision() {}

    /**
     * What was chosen.
     *
     * @param reason for people
     */
    record Choice(Precision precision, String reason) {}

    static Precision on(Device device) {
        Choice choice = CHOICES.computeIfAbsent(device, AutoPrecision::measure);
        LOG.info("precision AUTO is {} on {}: {}", choice.precision(), device, choice.reason());
        return choice.precision();
    }

    private static Choice measure(Device device) {
        List<Precision> candidates = HalfHardware.of(device).orElse(List.of());
        if (candidates.isEmpty()) {
            return new Choice(Precision.FLOAT32, "nothing says that it has a 16-bit precision in hardware");
        }
        try (ConvolutionBenchmark trial = ConvolutionBenchmark.typical(device)) {
            return choose(candidates, trial::seconds);
        }
    }

    /**
     * The first candidate that is clearly faster than float32.
     *
     * @param seconds how long one computation takes now
     */
    static Choice choose(List<Precision> candidates, ToDoubleFunction<Precision> seconds) {
        List<String> reasons = new ArrayList<>();
        for (Precision candidate : candidates) {
            try {
                Comparison found = compare(candidate, seconds);
                reasons.add(found.describe(candidate));
                if (found.gain() >= CLEARLY) {
                    return new Choice(candidate, String.join("; ", reasons));
                }
            } catch (EngineException e) {
                reasons.add(candidate + " does not run: " + e.getMessage());
            }
        }
        return new Choice(Precision.FLOAT32, String.join("; ", reasons));
    }

    /** The seconds of both. */
    private record Comparison(double float32, double candidate) {

        double gain() {
            return float32 / candidate;
        }

        String describe(Precision precision) {
            return String.format(
                    Locale.ROOT,
                    "%s takes %.1f ms for some convolutions and their gradients, FLOAT32 %.1f ms: %.2f times as fast,"
                            + " where %.1f count as clearly faster",
                    precision,
                    candidate * 1e3,
                    float32 * 1e3,
                    gain(),
                    CLEARLY);
        }
    }

    /**
     * The best of several rounds: what disturbs one only adds to its time, and so does the first call of each, which
     * prepares the kernels. In turns, so that both meet the same neighbours.
     */
    private static Comparison compare(Precision candidate, ToDoubleFunction<Precision> seconds) {
        double float32 = Double.POSITIVE_INFINITY;
        double half = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            float32 = Math.min(float32, seconds.applyAsDouble(Precision.FLOAT32));
            half = Math.min(half, seconds.applyAsDouble(candidate));
        }
        return new Comparison(float32, half);
    }
}
