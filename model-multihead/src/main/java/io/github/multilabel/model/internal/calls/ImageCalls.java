package io.github.multilabel.model.internal.calls;

import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.internal.calls.ImageLoading.Loaded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a prepared model on images, one or many: images of one batch are decoded while the model is busy with the
 * one before, and so many calls run at once as there are slots. Many threads may use it; whoever owns it must stay
 * reachable until a call returns.
 *
 * @param <T> what a call gives for an image
 */
public final class ImageCalls<T> implements AutoCloseable {

    private final Preprocessing preprocessing;
    private final PreparedModel<T> prepared;
    private final ImageLoading loading;
    private final int batchSize;
    private final Semaphore slots;

    /**
     * Takes the model and the loading, and closes them when it is closed itself.
     *
     * @param batchSize how many images run at once where there are many
     * @param concurrency how many calls run at once
     */
    public ImageCalls(
            Preprocessing preprocessing,
            PreparedModel<T> prepared,
            ImageLoading loading,
            int batchSize,
            int concurrency) {
        this.preprocessing = preprocessing;
        this.prepared = prepared;
        this.loading = loading;
        this.batchSize = batchSize;
        this.slots = new Semaphore(concurrency);
    }

    /**
     * For an encoded image.
     *
     * @throws IOException if it cannot be read or is not a whole image
     */
    public T one(ImageSource image) throws IOException {
        slots.acquireUninterruptibly(); // before decoding: a large photo takes more memory than the model's answer
        try {
            prepared.requireOpen();
            return prepared.run(List.of(image.name()), List.of(loading.load(image)))
                    .get(0);
        } finally {
            slots.release();
        }
    }

    /** For an image that is decoded, as large as it is. */
    public T one(Supplier<Pixels> pixels) {
        slots.acquireUninterruptibly();
        try {
            prepared.requireOpen();
            return prepared.run(List.of("image"), List.of(preprocessing.apply(pixels.get())))
                    .get(0);
        } finally {
            slots.release();
        }
    }

    /**
     * What the program computes from images that are ready for it, all at once.
     *
     * @throws IllegalArgumentException if there is none, or one is not of the size of the preprocessing
     */
    public float[][] arrays(List<Pixels> images) {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("no images: there are no logits of none; give at least one");
        }
        requireReady(images);
        slots.acquireUninterruptibly();
        try {
            return prepared.arrays(images);
        } finally {
            slots.release();
        }
    }

    /**
     * For images that are ready for the program, all at once.
     *
     * @param names of the images
     * @throws IllegalArgumentException if there are not as many names, or one is not of the size of the preprocessing
     */
    public List<T> ready(List<String> names, List<Pixels> images) {
        if (names.size() != images.size()) {
            throw new IllegalArgumentException(
                    names.size() + " names of " + images.size() + " images: give one for each");
        }
        requireReady(images);
        return run(names, images);
    }

    private void requireReady(List<Pixels> images) {
        ImageSize size = preprocessing.size();
        for (Pixels image : images) {
            if (image.height() != size.height() || image.width() != size.width()) {
                throw new IllegalArgumentException("an image of " + image.height() + "x" + image.width()
                        + " (height x width) is not ready for the model, which takes " + size.height() + "x"
                        + size.width() + ": preprocessing().apply(image) makes it so");
            }
        }
    }

    /** For images that are decoded, as large as they are. */
    public List<T> all(List<Supplier<Pixels>> images) {
        prepared.requireOpen();
        List<T> results = new ArrayList<>(images.size());
        for (int start = 0; start < images.size(); start += batchSize) {
            List<Pixels> batch = images.subList(start, Math.min(start + batchSize, images.size())).stream()
                    .map(image -> preprocessing.apply(image.get()))
                    .toList();
            results.addAll(run(batch.stream().map(image -> "image").toList(), batch));
        }
        return List.copyOf(results);
    }

    /**
     * For any number of encoded images.
     *
     * @param result of an image that could be used
     * @param failure of one that could not, from its name and what is wrong
     */
    public <R> List<R> all(
            List<? extends @Nullable ImageSource> images,
            Function<T, R> result,
            BiFunction<String, String, R> failure) {
        prepared.requireOpen();
        List<R> results = new ArrayList<>(images.size());
        List<CompletableFuture<Loaded>> next = startBatch(images, 0);
        for (int start = 0; start < images.size(); start += batchSize) {
            List<CompletableFuture<Loaded>> batch = next;
            next = startBatch(images, start + batchSize); // decodes while the model is busy with the one before
            List<Loaded> loaded = batch.stream().map(CompletableFuture::join).toList();
            List<Loaded> usable =
                    loaded.stream().filter(image -> image.pixels().isPresent()).toList();
            Iterator<T> found = run(
                            usable.stream().map(Loaded::source).toList(),
                            usable.stream()
                                    .flatMap(image -> image.pixels().stream())
                                    .toList())
                    .iterator();
            loaded.forEach(image -> results.add(
                    image.pixels().isPresent()
                            ? result.apply(found.next())
                            : failure.apply(image.source(), image.problem())));
        }
        return List.copyOf(results);
    }

    private List<CompletableFuture<Loaded>> startBatch(List<? extends @Nullable ImageSource> images, int start) {
        try {
            return loading.start(
                    images.subList(Math.min(start, images.size()), Math.min(start + batchSize, images.size())));
        } catch (RejectedExecutionException e) {
            throw prepared.closed(e);
        }
    }

    private List<T> run(List<String> names, List<Pixels> pixels) {
        if (names.isEmpty()) {
            return List.of();
        }
        slots.acquireUninterruptibly();
        try {
            return prepared.run(names, pixels);
        } finally {
            slots.release();
        }
    }

    /** Waits for running calls, then frees the weights. */
    @Override
    public void close() {
        prepared.close();
        loading.close();
    }
}
