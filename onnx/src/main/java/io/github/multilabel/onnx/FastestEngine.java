package io.github.multilabel.onnx;

import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.model.internal.calls.PixelProgram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures which engine computes a model fastest on this machine: all run the same random image in turn, and of its
 * rounds the fastest counts for each. An engine whose answers differ from those of the first is left out. The log says
 * what was measured.
 */
final class FastestEngine {

    private static final Logger LOG = LoggerFactory.getLogger(FastestEngine.class);

    private static final int ROUNDS = 5;
    /** In a row: threads of the engine before may still spin during the first. */
    private static final int CALLS = 4;

    private static final long SEED = 1;
    /** Of the largest answer; engines that compute in 16 bits differ by some hundredths at most. */
    private static final double AGREEMENT = 0.05;

    /** The same of files in int8, whose own agreement is judged on images; this only finds what is broken. */
    private static final double INT8_AGREEMENT = 0.25;

    private static final double NANOS_PER_MILLI = 1e6;

    private final LongSupplier nanoTime;

    /** @param nanoTime the clock */
    FastestEngine(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * An engine that has prepared a model.
     *
     * @param engine its name
     * @param isInt8 whether it computes in int8
     */
    record Candidate(String engine, boolean isInt8, PixelProgram program) {

        static void closeAll(List<Candidate> candidates) {
            candidates.forEach(candidate -> candidate.program.close());
        }
    }

    /**
     * The engine that is taken.
     *
     * @param measured of all candidates, in their order; none if there was no choice
     */
    record Choice(Candidate taken, List<EngineSpeed> measured) {

        /** Without a choice. */
        static Choice only(Candidate candidate) {
            return new Choice(candidate, List.of());
        }
    }

    /**
     * Chooses the fastest for one image at a time.
     *
     * @param candidates of the same model, with the same answers; at least one, the first of them not in int8. All but
     *     the chosen one are closed, and all if one fails
     * @param size of images
     */
    Choice choose(List<Candidate> candidates, ImageSize size) {
        try {
            List<EngineSpeed> measured = measure(candidates, List.of(Agreement.image(new Random(SEED), size)));
            EngineSpeed fastest = measured.stream()
                    .filter(EngineSpeed::agrees)
                    .min(Comparator.comparingDouble(EngineSpeed::milliseconds))
                    .orElseThrow(); // the first one agrees with itself
            Candidate taken = candidates.get(measured.indexOf(fastest));
            LOG.info(
                    "{} is taken; milliseconds for one image: {}",
                    EngineSpeed.name(taken.engine, taken.isInt8),
                    measured);
            if (!taken.isInt8 && candidates.stream().anyMatch(Candidate::isInt8)) {
                LOG.info("int8 does not pay on this machine: float32 is faster (processors with VNNI or AMX are made"
                        + " for int8, and OpenVINO gains by it on others too)");
            }
            Candidate.closeAll(candidates.stream().filter(each -> each != taken).toList());
            return new Choice(taken, measured);
        } catch (RuntimeException e) {
            Candidate.closeAll(candidates);
            throw e;
        }
    }

    private List<EngineSpeed> measure(List<Candidate> candidates, List<Pixels> image) {
        float[][] expected = candidates.get(0).program.run(image);
        double[] differences = candidates.stream()
                .mapToDouble(each ->
                        Agreement.between(expected, each.program.run(image)).relative())
                .toArray();
        long[] nanos = new long[differences.length];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < nanos.length; i++) {
                long least = leastNanos(candidates.get(i), image);
                nanos[i] = round == 0 ? least : Math.min(nanos[i], least);
            }
        }
        List<EngineSpeed> measured = new ArrayList<>();
        for (int i = 0; i < nanos.length; i++) {
            Candidate each = candidates.get(i);
            boolean agrees = differences[i] <= (each.isInt8 ? INT8_AGREEMENT : AGREEMENT);
            measured.add(new EngineSpeed(each.engine, each.isInt8, nanos[i] / NANOS_PER_MILLI, differences[i], agrees));
        }
        return List.copyOf(measured);
    }

    private long leastNanos(Candidate candidate, List<Pixels> image) {
        long least = Long.MAX_VALUE;
        for (int call = 0; call < CALLS; call++) {
            long start = nanoTime.getAsLong();
            var unused = candidate.program.run(image);
            least = Math.min(least, nanoTime.getAsLong() - start);
        }
        return least;
    }
}
