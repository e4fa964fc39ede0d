package io.github.multilabel.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.tensors.ImageTensors;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.model.internal.calls.PixelProgram;
import java.util.List;

/** PyTorch runs a program whose weights were prepared once. */
final class TorchPixelProgram implements PixelProgram {

    private final Preprocessing preprocessing;
    private final InferenceProgram program;
    private final NDManager manager;

    /** Takes the program, and closes it when it is closed itself. */
    TorchPixelProgram(Preprocessing preprocessing, InferenceProgram program, Device device) {
        this.preprocessing = preprocessing;
        this.program = program;
        this.manager = TorchEngine.newManager(device);
    }

    @Override
    public float[][] run(List<Pixels> pixels) {
        try (NDManager call = manager.newSubManager()) {
            NDArray image = Normalizer.normalize(ImageTensors.stack(call, pixels), preprocessing);
            return program.logits(call, image).stream()
                    .map(NDArray::toFloatArray)
                    .toArray(float[][]::new);
        }
    }

    List<NDArray> arraysLeft() {
        return manager.getManagedArrays();
    }

    @Override
    public void close() {
        program.close();
        manager.close();
    }
}
