package io.github.multilabel.core.torch;

import ai.djl.Device;
import java.util.List;
import java.util.Optional;

/**
 * The data type of convolutions and matrix products. Parameters, statistics, heads, losses and optimizer state are
 * float32 in every precision.
 */
public enum Precision {
    /** The default: the same numbers as PyTorch's float32. */
    FLOAT32(6),
    /** About three significant digits, the range of float32; faster where the hardware has it. */
    BFLOAT16(15),
    /**
     * Three to four significant digits, from 6e-8 to 65,504; faster where the hardware has it. Training scales the loss
     * so that gradients stay within that range.
     */
    FLOAT16(5),
    /**
     * The fastest of them for a device, as its hardware promises and a short measurement confirms; see
     * {@link #resolve}.
     */
    AUTO(-1);

    private final int scalarType;

    Precision(int scalarType) {
        this.scalarType = scalarType;
    }

    /**
     * PyTorch's number of the data type, as program text needs it.
     *
     * @throws IllegalStateException for {@code AUTO}; resolve it first
     */
    public int scalarType() {
        if (this == AUTO) {
            throw new IllegalStateException("Precision.AUTO has no data type of its own; call resolve(device) first");
        }
        return scalarType;
    }

    /**
     * The precision to compute with on a device. {@code AUTO} becomes a 16-bit precision that the hardware has natively
     * (a CPU with AVX512-BF16, AVX512-FP16, AMX, or ARM's counterparts; a CUDA device from compute capability 7.0 for
     * float16 and 8.0 for bfloat16), if a short measurement finds a small stack of convolutions clearly faster in it,
     * and {@code FLOAT32} otherwise; bfloat16, which needs no care for its range, goes before float16. The choice is
     * logged with its reason, holds for the life of the JVM, and draws no random number. Others than {@code AUTO} are
     * returned as they are, with a warning where the hardware does not have them.
     *
     * @throws IllegalArgumentException if PyTorch cannot compute in this precision on the device
     */
    public Precision resolve(Device device) {
        if (this == AUTO) {
            return AutoPrecision.on(device);
        }
        if (this != FLOAT32) {
            PrecisionSupport.require(this, device);
        }
        return this;
    }

    /**
     * The 16-bit precisions that a device has in hardware, as far as the system reports, in the order in which
     * {@link #AUTO} would try them. Whether one of them is faster is not measured, and PyTorch is not started.
     *
     * @return empty if nothing is known of the device
     */
    public static Optional<List<Precision>> inHardware(Device device) {
        return HalfHardware.of(device);
    }
}
