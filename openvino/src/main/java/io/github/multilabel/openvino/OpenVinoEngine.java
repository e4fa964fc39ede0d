package io.github.multilabel.openvino;

import com.sun.jna.Pointer;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.onnx.engine.OnnxEngine;
import io.github.multilabel.onnx.engine.OnnxSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * OpenVINO, by its C interface. The native library is looked for in the folder that {@code OPENVINO_LIB_PATH} names, in
 * an installed OpenVINO ({@code INTEL_OPENVINO_DIR}), where the system looks for libraries, and in a jar on the class
 * path.
 */
public final class OpenVinoEngine implements OnnxEngine {

    static final String DEVICE = "CPU";

    /** Made for {@link java.util.ServiceLoader}. */
    public OpenVinoEngine() {}

    @Override
    public String name() {
        return "openvino";
    }

    @Override
    public Optional<String> problem() {
        return Installation.INSTANCE.problem();
    }

    @Override
    public OnnxSession open(Path file, Settings settings) throws IOException {
        OpenVinoLibrary library = Installation.INSTANCE.library();
        OpenVino functions = library.functions();
        try {
            Pointer model = library.pointer(
                    "read the file", to -> functions.ov_core_read_model(library.core(), file.toString(), null, to));
            return new OpenVinoSession(library, model, options(settings));
        } catch (IllegalStateException e) {
            throw new IOException("'" + file + "': " + e.getMessage(), e);
        }
    }

    /** Names and values, one after another. */
    private static Object[] options(Settings settings) {
        String threads = Integer.toString(settings.threads());
        return settings.precision() == Precision.AUTO
                ? new Object[] {"PERFORMANCE_HINT", "LATENCY", "INFERENCE_NUM_THREADS", threads}
                : new Object[] {
                    "PERFORMANCE_HINT",
                    "LATENCY",
                    "INFERENCE_NUM_THREADS",
                    threads,
                    "INFERENCE_PRECISION_HINT",
                    switch (settings.precision()) {
                        case BFLOAT16 -> "bf16";
                        case FLOAT16 -> "f16";
                        default -> "f32";
                    }
                };
    }
}
