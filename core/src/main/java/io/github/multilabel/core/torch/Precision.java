package io.github.multilabel.core.torch;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The data type of convolutions and matrix products. Parameters, statistics, heads, losses and optimizer state are
 * float32 in every precision.
 */
public enum Precision {
    /** The default: the same numbers as PyTorch's float32. */
    FLOAT32(6),
    /** About three significant digits, the range of float32; faster where the hardware has it. */
    BFLOAT16(15),
    /** {@link #BFLOAT16} where the hardware has it natively, otherwise {@link #FLOAT32}; see {@link #resolve}. */
    AUTO(-1);

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Pattern CPU_BFLOAT16 = Pattern.compile("\\b(avx512_bf16|amx_bf16|bf16)\\b");
    private static final int AMPERE = 80;

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
     * What {@code AUTO} means on a device: bfloat16 on a CPU whose flags name it (AVX512-BF16, AMX, ARMv8.6) and on
     * CUDA devices of compute capability 8.0 or more. Others than {@code AUTO} are returned as they are.
     */
    public Precision resolve(Device device) {
        if (this != AUTO) {
            return this;
        }
        boolean fast = device.isGpu() ? gpuHasBfloat16(device) : cpuHasBfloat16();
        return fast ? BFLOAT16 : FLOAT32;
    }

    private static boolean gpuHasBfloat16(Device device) {
        if (!Device.Type.GPU.equals(device.getDeviceType()) || !CudaUtils.hasCuda()) {
            return false;
        }
        return Integer.parseInt(CudaUtils.getComputeCapability(device.getDeviceId())) >= AMPERE;
    }

    private static boolean cpuHasBfloat16() {
        try {
            return CPU_BFLOAT16.matcher(Files.readString(CPU_INFO)).find();
        } catch (IOException e) {
            return false; // not Linux: nothing tells, and float32 is always right
        }
    }
}
