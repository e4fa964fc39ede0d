package io.github.multilabel.core.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether PyTorch can compute in a 16-bit precision on a device; tried once for each. */
final class PrecisionSupport {

    private static final Logger LOG = LoggerFactory.getLogger(Precision.class);

    private record Pair(Precision precision, Device device) {}

    private static final Map<Pair, Boolean> TRIED = new ConcurrentHashMap<>();

    private PrecisionSupport() {}

    /**
     * Checks that it can, and warns if the hardware has to do without.
     *
     * @throws IllegalArgumentException if it cannot
     */
    static void require(Precision precision, Device device) {
        TRIED.computeIfAbsent(new Pair(precision, device), pair -> {
            try (ConvolutionBenchmark trial = ConvolutionBenchmark.tiny(device)) {
                require(precision, device, trial::seconds);
            }
            HalfHardware.of(device)
                    .filter(found -> !found.contains(precision))
                    .ifPresent(found -> LOG.warn("{}", emulated(precision, device, found)));
            return true;
        });
    }

    static void require(Precision precision, Device device, Consumer<Precision> trial) {
        try {
            trial.accept(precision);
        } catch (EngineException e) {
            throw new IllegalArgumentException(
                    "PyTorch cannot compute in " + precision + " on " + device + ": " + e.getMessage()
                            + "\nUse Precision.FLOAT32, or Precision.AUTO, which takes what the device has",
                    e);
        }
    }

    static String emulated(Precision precision, Device device, List<Precision> found) {
        return "Precision." + precision + " is not native to " + device.getDeviceType()
                + ": the results are right, but it takes longer than float32, in training many times as long. Use "
                + (found.isEmpty() ? "Precision.FLOAT32" : "Precision." + found.get(0) + ", which is native,")
                + " or Precision.AUTO, which measures";
    }
}
