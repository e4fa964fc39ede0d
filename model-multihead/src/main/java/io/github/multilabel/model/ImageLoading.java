package io.github.multilabel.model;

import io.github.multilabel.core.image.ImageDecoder;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;

/** From encoded images to the pixels that a model sees. */
final class ImageLoading implements AutoCloseable {

    private final ImageDecoder decoder = ImageDecoder.strict();
    private final Preprocessing preprocessing;
    /** Its threads are daemons and end when there is nothing to do. */
    private final ForkJoinPool pool;

    ImageLoading(Preprocessing preprocessing, int threads) {
        this.preprocessing = preprocessing;
        this.pool = new ForkJoinPool(threads);
    }

    /** What became of one image: its pixels, or else what is wrong with it. */
    record Loaded(String source, Pixels pixels, String problem) {

        boolean isUsable() {
            return pixels != null;
        }
    }

    /** Loads on the thread of the caller. */
    Pixels load(ImageSource image) throws IOException {
        return preprocessing.apply(decoder.decode(image));
    }

    /**
     * Starts to load on the pool.
     *
     * @throws RejectedExecutionException after {@link #close}
     */
    List<CompletableFuture<Loaded>> start(List<ImageSource> images) {
        return images.stream()
                .map(image -> CompletableFuture.supplyAsync(() -> loaded(image), pool))
                .toList();
    }

    private Loaded loaded(ImageSource image) {
        String name = image.name();
        try {
            return new Loaded(name, load(image), null);
        } catch (IOException e) {
            String prefix = name + ": ";
            String message = String.valueOf(e.getMessage());
            return new Loaded(name, null, message.startsWith(prefix) ? message.substring(prefix.length()) : message);
        } catch (RuntimeException e) { // a source of the application's own may throw anything
            return new Loaded(name, null, e.toString());
        }
    }

    /** What has been started still finishes. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
