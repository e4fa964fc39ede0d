package io.github.multilabel.onnx.engine;

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
        try {
            return OnnxRuntime.problem();
        } catch (NoClassDefFoundError e) { // the jar is left out, where another engine computes
            return Optional.of(OnnxRuntime.MISSING);
        }
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
        return OrtRuns.open(file, settings.threads());
    }
}
