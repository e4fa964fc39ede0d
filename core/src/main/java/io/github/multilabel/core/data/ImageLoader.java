package io.github.multilabel.core.data;

import io.github.multilabel.core.Pass;
import io.github.multilabel.core.image.Augmentation;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageDecoder;
import io.github.multilabel.core.image.Pixels;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Decodes and augments samples on threads of its own. */
final class ImageLoader implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int IDLE_SECONDS = 10;

    private final List<Sample> samples;
    private final ImageDecoder decoder;
    private final Augmentation augmentation;
    private final int threads;
    private final ThreadPoolExecutor pool;

    ImageLoader(List<Sample> samples, ImageDecoder decoder, Augmentation augmentation, int threads) {
        this.samples = samples;
        this.decoder = decoder;
        this.augmentation = augmentation;
        this.threads = threads;
        this.pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons());
        pool.allowCoreThreadTimeOut(true); // a data set between two passes holds no threads
    }

    private static ThreadFactory daemons() {
        return task -> {
            Thread thread = new Thread(task, "multilabel-images-" + NUMBER.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** What became of a sample: its picture, or why there is none. */
    record Loaded(int index, Pixels pixels, SkippedImage bad, IOException failure) {}

    int threads() {
        return threads;
    }

    /**
     * Starts to load a sample.
     *
     * @param abandoned asked before the work begins; if true, nothing is done and the result is null
     * @throws IllegalStateException if the data set was closed
     */
    Future<Loaded> start(int index, Pass pass, BooleanSupplier abandoned) {
        try {
            return pool.submit(() -> abandoned.getAsBoolean() ? null : load(index, pass));
        } catch (RejectedExecutionException e) {
            throw closed(e);
        }
    }

    void requireOpen() {
        if (pool.isShutdown()) {
            throw closed(null);
        }
    }

    private static IllegalStateException closed(Throwable cause) {
        return new IllegalStateException("the data set was closed; read its batches before you close it", cause);
    }

    private Loaded load(int index, Pass pass) {
        Sample sample = samples.get(index);
        Pixels decoded;
        try {
            decoded = decoder.decode(sample.image());
        } catch (IOException e) {
            String reason = e instanceof ImageDecodeException defect ? defect.reason() : e.getMessage();
            return new Loaded(index, null, SkippedImage.of(sample, reason), e);
        }
        Pixels pixels = pass.training()
                ? augmentation.apply(decoded, pass.preprocessing(), SampleOrder.random(pass, index))
                : pass.preprocessing().apply(decoded);
        return new Loaded(index, pixels, null, null);
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
