package io.github.multilabel.onnx;

import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.onnx.engine.OnnxEngine;
import io.github.multilabel.onnx.engine.OnnxSession;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures which engine computes a file fastest on this machine: all run the same random images in turn, and of its
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
     * An engine with the file that it has prepared.
     *
     * @param isInt8 whether the file is in int8
     */
    record Candidate(OnnxEngine engine, OnnxSession session, boolean isInt8) {}

    /**
     * Chooses the fastest for one image at a time.
     *
     * @param candidates of the same file, or of it in int8; at least one, the first of them not in int8. All but the
     *     chosen one are closed
     * @return one of them
     */
    Candidate choose(List<Candidate> candidates, OnnxInput input, Preprocessing preprocessing) {
        ImageBuffers buffers = new ImageBuffers(input, preprocessing);
        ByteBuffer image = buffers.take(List.of(Agreement.image(new Random(SEED), preprocessing.size())));
        long[] shape = buffers.shape(1);
        float[][] expected = candidates.get(0).session().run(image, shape);
        List<Measured> measured = new ArrayList<>();
        for (Candidate candidate : candidates) {
            measured.add(new Measured(
                    candidate,
                    Agreement.between(expected, candidate.session().run(image, shape))
                            .relative()));
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Measured each : measured) {
                for (int call = 0; call < CALLS; call++) {
                    long start = nanoTime.getAsLong();
                    var unused = each.candidate.session().run(image, shape);
                    each.nanos = Math.min(each.nanos, nanoTime.getAsLong() - start);
                }
            }
        }
        Measured fastest = measured.stream()
                .filter(Measured::agrees)
                .min(Comparator.comparingLong(each -> each.nanos))
                .orElseThrow(); // the first one agrees with itself
        LOG.info("{} is taken; milliseconds for one image: {}", fastest.name(), measured);
        if (!fastest.candidate.isInt8() && candidates.stream().anyMatch(Candidate::isInt8)) {
            LOG.info("int8 does not pay on this machine: float32 is faster (processors with VNNI or AMX are made for"
                    + " int8, and OpenVINO gains by it on others too)");
        }
        measured.stream()
                .filter(each -> each != fastest)
                .forEach(each -> each.candidate.session().close());
        return fastest.candidate;
    }

    /** What is known of a candidate. */
    private static final class Measured {

        private final Candidate candidate;
        private final double difference;
        private long nanos = Long.MAX_VALUE;

        Measured(Candidate candidate, double difference) {
            this.candidate = candidate;
            this.difference = difference;
        }

        boolean agrees() {
            return difference <= (candidate.isInt8() ? INT8_AGREEMENT : AGREEMENT);
        }

        String name() {
            return candidate.engine().name() + (candidate.isInt8() ? " in int8" : "");
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s %.2f%s",
                    name(),
                    nanos / NANOS_PER_MILLI,
                    agrees() ? "" : " (left out: its answers differ by " + difference + " of the largest)");
        }
    }
}
