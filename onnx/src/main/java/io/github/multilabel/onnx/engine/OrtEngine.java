package io.github.multilabel.onnx.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.multilabel.core.torch.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** ONNX Runtime on the processor, from the jar {@code com.microsoft.onnxruntime:onnxruntime}. */
public final class OrtEngine implements OnnxEngine {

    /** Made for {@link java.util.ServiceLoader}. */
    public OrtEngine() {}

    @Override
    public String name() {
        return "onnxruntime";
    }

    @Override
    public Optional<String> problem() {
        return OnnxRuntime.problem();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the precision is neither {@code FLOAT32} nor {@code AUTO}: ONNX Runtime has
     *     no kernels of 16 bits for processors
     */
    @Override
    public OnnxSession open(Path file, Settings settings) throws IOException {
        if (settings.precision() != Precision.FLOAT32 && settings.precision() != Precision.AUTO) {
            throw new IllegalArgumentException("ONNX Runtime cannot compute in " + settings.precision()
                    + " on a processor; it can in FLOAT32, and in int8 from a file exported so");
        }
        OrtEnvironment environment = OnnxRuntime.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(settings.threads());
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setMemoryPatternOptimization(false); // sizes of batches vary
            return new OrtRuns(environment, environment.createSession(file.toString(), options));
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
