package io.github.multilabel.model;

import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.DecodingPool;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** From encoded images to the pixels that a model sees. */
final class ImageLoading implements AutoCloseable {

    private final ImageDecoder decoder;
    private final Preprocessing preprocessing;
    private final DecodingPool pool;

    ImageLoading(ImageDecoder decoder, Preprocessing preprocessing, int threads) {
        this.decoder = decoder;
        this.preprocessing = preprocessing;
        this.pool = new DecodingPool("multilabel-prediction", threads);
    }

    /** What became of one image: its pixels, or else what is wrong with it. */
    record Loaded(String source, Pixels pixels, String problem) {

        boolean isUsable() {
            return pixels != null;
        }
    }

    /** Loads on the thread of the caller. */
    Pixels load(ImageSource image) throws IOException {
        try {
            return preprocessing.apply(decoder.decode(image));
        } catch (OutOfMemoryError e) { // while it was resized
            throw ImageDecodeException.outOfMemory(image.name(), e);
        }
    }

    /**
     * Starts to load on the pool.
     *
     * @throws RejectedExecutionException after {@link #close}
     */
    List<CompletableFuture<Loaded>> start(List<ImageSource> images) {
        return images.stream().map(image -> pool.start(() -> loaded(image))).toList();
    }

    /** One image never takes the others with it. */
    private Loaded loaded(ImageSource image) {
        if (image == null) {
            return new Loaded("null", null, "there is no image: the source is null");
        }
        String name = image.getClass().getSimpleName();
        try {
            name = image.name();
            return new Loaded(name, load(image), null);
        } catch (ImageDecodeException e) {
            return new Loaded(name, null, e.reason() + "; " + e.remedy());
        } catch (IOException | RuntimeException e) { // a source of the application's own may throw anything
            return new Loaded(name, null, e.toString());
        } catch (OutOfMemoryError e) { // of such a source
            return new Loaded(name, null, "too large for the heap: " + e.getMessage() + "; raise -Xmx");
        }
    }

    /** What has been started still finishes. */
    @Override
    public void close() {
        pool.close();
    }
}
