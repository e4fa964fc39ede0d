package io.github.multilabel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.tensors.ImageTensors;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.internal.InferenceProgram;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program whose weights were prepared once on pixels. Many threads may use it; native memory is freed when no
 * call is running.
 *
 * @param <T> what a call gives for an image
 */
final class PreparedModel<T> implements AutoCloseable {

    private final String name;
    private final Preprocessing preprocessing;
    private final InferenceProgram program;
    private final NDManager manager;
    private final Answers<T> answers;
    private final ReadWriteLock running = new ReentrantReadWriteLock();
    private volatile boolean closed;

    /** Makes an answer of what the program computes. */
    @FunctionalInterface
    interface Answers<T> {
        /**
         * Makes the answer for one image.
         *
         * @param name of the image
         * @param arrays that the program gave for the batch, each row after row
         * @param row of the image in the batch
         */
        T of(String name, float[][] arrays, int row);
    }

    /**
     * Takes the program, and closes it when it is closed itself.
     *
     * @param name what messages call the owner, such as {@code predictor}
     */
    PreparedModel(String name, MultiLabelModel model, InferenceProgram program, Answers<T> answers) {
        this.name = name;
        this.preprocessing = model.preprocessing();
        this.program = program;
        this.manager = TorchEngine.newManager(model.manager().getDevice());
        this.answers = answers;
    }

    /**
     * Runs the program on a batch.
     *
     * @param names the name of each image
     * @param pixels as {@link Preprocessing#apply} gives them
     */
    List<T> run(List<String> names, List<Pixels> pixels) {
        running.readLock().lock();
        try {
            requireOpen();
            float[][] arrays = arrays(pixels);
            return IntStream.range(0, names.size())
                    .mapToObj(row -> answers.of(names.get(row), arrays, row))
                    .toList();
        } finally {
            running.readLock().unlock();
        }
    }

    private float[][] arrays(List<Pixels> pixels) {
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

    void requireOpen() {
        if (closed) {
            throw closed(null);
        }
    }

    IllegalStateException closed(@Nullable Throwable cause) {
        return new IllegalStateException(
                "this " + name + " is closed; create another with model.new" + Character.toUpperCase(name.charAt(0))
                        + name.substring(1) + "()",
                cause);
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
