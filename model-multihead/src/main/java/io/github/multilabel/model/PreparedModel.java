package io.github.multilabel.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.tensors.ImageTensors;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Predicts pixels with weights that were prepared once. Many threads may use it; native memory is freed when no call is
 * running.
 */
final class PreparedModel implements AutoCloseable {

    private final HeadSet heads;
    private final Preprocessing preprocessing;
    private final InferenceProgram program;
    private final NDManager manager;
    private final ReadWriteLock running = new ReentrantReadWriteLock();
    private volatile boolean closed;

    PreparedModel(MultiLabelModel model, Precision precision, boolean flip) {
        heads = model.heads();
        preprocessing = model.preprocessing();
        Device device = model.manager().getDevice();
        InferenceProgram plain = model.block().newInference(precision.resolve(device));
        program = flip ? plain.withMirrorImages() : plain;
        manager = TorchEngine.newManager(device);
    }

    /**
     * @param names the name of each image
     * @param pixels as {@link Preprocessing#apply} gives them
     */
    List<Prediction> predict(List<String> names, List<Pixels> pixels) {
        running.readLock().lock();
        try {
            requireOpen();
            float[][] logits = logits(pixels);
            return IntStream.range(0, names.size())
                    .mapToObj(row -> new Prediction(names.get(row), predictions(logits, row)))
                    .toList();
        } finally {
            running.readLock().unlock();
        }
    }

    /** Per head the logits of all images, row after row. */
    private float[][] logits(List<Pixels> pixels) {
        try (NDManager call = manager.newSubManager()) {
            NDArray image = Normalizer.normalize(ImageTensors.stack(call, pixels), preprocessing);
            NDList logits = program.logits(call, image);
            return logits.stream().map(NDArray::toFloatArray).toArray(float[][]::new);
        }
    }

    private List<HeadPrediction> predictions(float[][] logits, int row) {
        return IntStream.range(0, heads.size())
                .mapToObj(i -> {
                    Head head = heads.get(i);
                    int start = row * head.size();
                    return HeadPrediction.fromLogits(head, Arrays.copyOfRange(logits[i], start, start + head.size()));
                })
                .toList();
    }

    List<NDArray> arraysLeft() {
        return manager.getManagedArrays();
    }

    void requireOpen() {
        if (closed) {
            throw closed(null);
        }
    }

    static IllegalStateException closed(@Nullable Throwable cause) {
        return new IllegalStateException("this predictor is closed; create another with model.newPredictor()", cause);
    }

    @Override
    public void close() {
        running.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                program.close();
                manager.close();
            }
        } finally {
            running.writeLock().unlock();
        }
    }
}
