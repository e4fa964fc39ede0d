package io.github.multilabel.model.internal.calls;

import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.DecodingPool;
import io.github.multilabel.model.prediction.PredictionListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Decodes images and applies the preprocessing of a model. */
public final class ImageLoading implements AutoCloseable {

    private final ImageDecoder decoder;
    private final Preprocessing preprocessing;
    private final PredictionListener listener;
    private final DecodingPool pool;

    /** @param threads that load the images of a batch */
    public ImageLoading(ImageDecoder decoder, Preprocessing preprocessing, int threads) {
        this(decoder, preprocessing, threads, PredictionListener.none());
    }

    /** @param listener told how long each image takes */
    public ImageLoading(ImageDecoder decoder, Preprocessing preprocessing, int threads, PredictionListener listener) {
        this.decoder = decoder;
        this.preprocessing = preprocessing;
        this.listener = listener;
        this.pool = new DecodingPool("multilabel-prediction", threads);
    }

    /**
     * A loaded image.
     *
     * @param source the name of the image
     * @param pixels empty if it cannot be used
     * @param problem the reason why it cannot be used; empty if it can
     */
    public record Loaded(String source, Optional<Pixels> pixels, String problem) {

        private static Loaded failed(String source, String problem) {
            return new Loaded(source, Optional.empty(), problem);
        }
    }

    /** Loads on the thread of the caller. */
    Pixels load(ImageSource image) throws IOException {
        long start = System.nanoTime();
        try {
            return preprocessing.apply(decoder.decode(image));
        } catch (OutOfMemoryError e) { // while it was resized
            throw ImageDecodeException.outOfMemory(image.name(), e);
        } finally {
            listener.onDecoded(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /**
     * Starts to load on the pool.
     *
     * @throws RejectedExecutionException after {@link #close}
     */
    List<CompletableFuture<Loaded>> start(List<? extends @Nullable ImageSource> images) {
        return images.stream().map(this::start).toList();
    }

    /**
     * Starts to load an image on the pool. One that cannot be used does not fail, but tells so.
     *
     * @throws RejectedExecutionException after {@link #close}
     */
    public CompletableFuture<Loaded> start(@Nullable ImageSource image) {
        return pool.start(() -> loaded(image));
    }

    /** An image that cannot be loaded does not stop the others. */
    private Loaded loaded(@Nullable ImageSource image) {
        if (image == null) {
            return Loaded.failed("null", "there is no image: the source is null");
        }
        String name = image.getClass().getSimpleName();
        try {
            name = image.name();
            return new Loaded(name, Optional.of(load(image)), "");
        } catch (ImageDecodeException e) {
            return Loaded.failed(name, e.reason() + "; " + e.remedy());
        } catch (IOException | RuntimeException e) { // a source of the application's own may throw anything
            return Loaded.failed(name, e.toString());
        } catch (OutOfMemoryError e) { // of such a source
            return Loaded.failed(name, "too large for the heap: " + e.getMessage() + "; raise -Xmx");
        }
    }

    /** What has been started still finishes. */
    @Override
    public void close() {
        pool.close();
    }
}
