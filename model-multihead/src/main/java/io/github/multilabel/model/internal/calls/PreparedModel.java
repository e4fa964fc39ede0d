package io.github.multilabel.model.internal.calls;

import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.prediction.PredictionListener;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes answers of what a program computes from pixels. Many threads may use it; the program is closed when no call is
 * running.
 *
 * @param <T> what a call gives for an image
 */
public final class PreparedModel<T> implements AutoCloseable {

    private final String closed;
    private final PixelProgram program;
    private final Answers<T> answers;
    private final PredictionListener listener;
    private final ReadWriteLock running = new ReentrantReadWriteLock();
    private volatile boolean isClosed;

    /** Makes an answer of what the program computes. */
    @FunctionalInterface
    public interface Answers<T> {
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
     * @param closed what later calls are told
     */
    public PreparedModel(String closed, PixelProgram program, Answers<T> answers) {
        this(closed, program, answers, PredictionListener.none());
    }

    /** @param listener told how long each batch takes */
    public PreparedModel(String closed, PixelProgram program, Answers<T> answers, PredictionListener listener) {
        this.closed = closed;
        this.listener = listener;
        this.program = program;
        this.answers = answers;
    }

    /**
     * Runs the program on a batch.
     *
     * @param names the name of each image
     * @param pixels as {@link Preprocessing#apply} gives them
     */
    public List<T> run(List<String> names, List<Pixels> pixels) {
        float[][] arrays = arrays(pixels);
        return IntStream.range(0, names.size())
                .mapToObj(row -> answers.of(names.get(row), arrays, row))
                .toList();
    }

    /** What the program computes from images, without making answers of it. */
    float[][] arrays(List<Pixels> pixels) {
        running.readLock().lock();
        try {
            requireOpen();
            long start = System.nanoTime();
            float[][] arrays = program.run(pixels);
            listener.onComputed(pixels.size(), Duration.ofNanos(System.nanoTime() - start));
            return arrays;
        } finally {
            running.readLock().unlock();
        }
    }

    /** Runs once on a grey image, so that the first real call does not wait for memory and kernels. */
    public void warmUp(Preprocessing preprocessing) {
        ImageSize size = preprocessing.size();
        byte[] grey = new byte[size.height() * size.width() * Pixels.CHANNELS];
        Arrays.fill(grey, (byte) 127);
        var unused = run(List.of("grey"), List.of(new Pixels(size.height(), size.width(), grey)));
    }

    void requireOpen() {
        if (isClosed) {
            throw closed(null);
        }
    }

    IllegalStateException closed(@Nullable Throwable cause) {
        return new IllegalStateException(closed, cause);
    }

    @Override
    public void close() {
        running.writeLock().lock();
        try {
            if (!isClosed) {
                isClosed = true;
                program.close();
            }
        } finally {
            running.writeLock().unlock();
        }
    }
}
