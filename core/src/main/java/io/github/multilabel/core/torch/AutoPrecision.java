package io.github.multilabel.core.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Odd, so that the median is one of the measurements. */
    private static final int ROUNDS = 7;

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
        try (ConvolutionTrial trial = ConvolutionTrial.typical(device)) {
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

    /** Medians: the seconds of both, and how many times as fast the candidate is. */
    private record Comparison(double float32, double candidate, double gain) {

        String describe(Precision precision) {
            return String.format(
                    Locale.ROOT,
                    "%s takes %.1f ms for some convolutions and their gradients, FLOAT32 %.1f ms: %.2f times"
                            + " as fast, where %.1f count as clearly faster",
                    precision,
                    candidate * 1e3,
                    float32 * 1e3,
                    gain,
                    CLEARLY);
        }
    }

    /**
     * One after the other in each round, so that both meet the same neighbours on a busy machine: the median of their
     * ratios is not moved by a few rounds in which something else ran. A round before them prepares the kernels.
     */
    private static Comparison compare(Precision candidate, ToDoubleFunction<Precision> seconds) {
        double[] whole = new double[ROUNDS];
        double[] half = new double[ROUNDS];
        double[] gains = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            double inWhole = seconds.applyAsDouble(Precision.FLOAT32);
            double inHalf = seconds.applyAsDouble(candidate);
            if (round >= 0) {
                whole[round] = inWhole;
                half[round] = inHalf;
                gains[round] = inWhole / inHalf;
            }
        }
        return new Comparison(median(whole), median(half), median(gains));
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
