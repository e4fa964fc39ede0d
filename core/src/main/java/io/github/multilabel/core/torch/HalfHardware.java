package io.github.multilabel.core.torch;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The 16-bit precisions that a device has in hardware, as far as the system reports. */
final class HalfHardware {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    /** Flags of Linux: those of x86, then that of ARM. */
    private static final Pattern CPU_BFLOAT16 = Pattern.compile("\\b(avx512_bf16|amx_bf16|bf16)\\b");

    private static final Pattern CPU_FLOAT16 = Pattern.compile("\\b(avx512_fp16|amx_fp16|asimdhp)\\b");
    /** Compute capability 7.0, the first with tensor cores: for float16. */
    private static final int VOLTA = 70;
    /** Compute capability 8.0: tensor cores for bfloat16, too. */
    private static final int AMPERE = 80;

    private HalfHardware() {}

    /** In the order in which they are preferred; empty if none is known. */
    static Optional<List<Precision>> of(Device device) {
        if (Device.Type.GPU.equals(device.getDeviceType())) {
            return CudaUtils.hasCuda()
                    ? Optional.of(ofCuda(Integer.parseInt(CudaUtils.getComputeCapability(device.getDeviceId()))))
                    : Optional.empty();
        }
        if (!Device.Type.CPU.equals(device.getDeviceType())) {
            return Optional.empty();
        }
        try {
            return Optional.of(ofCpu(Files.readString(CPU_INFO)));
        } catch (IOException e) {
            return Optional.empty(); // not Linux
        }
    }

    static List<Precision> ofCpu(String flags) {
        return list(
                CPU_BFLOAT16.matcher(flags).find(), CPU_FLOAT16.matcher(flags).find());
    }

    /**
     * Of a CUDA device.
     *
     * @param capability major and minor number, such as 86
     */
    static List<Precision> ofCuda(int capability) {
        return list(capability >= AMPERE, capability >= VOLTA);
    }

    private static List<Precision> list(boolean bfloat16, boolean float16) {
        List<Precision> found = new ArrayList<>();
        if (bfloat16) {
            found.add(Precision.BFLOAT16);
        }
        if (float16) {
            found.add(Precision.FLOAT16);
        }
        return found;
    }
}
