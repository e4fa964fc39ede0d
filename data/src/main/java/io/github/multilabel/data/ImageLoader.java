package io.github.multilabel.data;

import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.DecodingPool;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.data.augment.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Decodes and augments samples on threads of its own. */
final class ImageLoader implements AutoCloseable {

    /** Of images, for their median shape. */
    private static final int MOST_LOOKS = 1000;

    private static final String CLOSED = "the data set was closed; read its batches before you close it";

    private final List<Sample> samples;
    private final ImageSettings settings;
    private final DecodingPool pool;

    ImageLoader(List<Sample> samples, ImageSettings settings, int threads) {
        this.samples = samples;
        this.settings = settings;
        this.pool = new DecodingPool("multilabel-images", threads);
    }

    /** What became of a sample: its pixels, or why there are none. */
    record Loaded(int index, Optional<Pixels> pixels, Optional<Bad> bad) {}

    /** Why an image cannot be used. */
    record Bad(SkippedImage skipped, ImageDecodeException failure) {}

    /** Whether a training pass may show other images than an evaluation. */
    boolean isAugmenting() {
        return settings.augmentation() != Augmentation.none();
    }

    int threads() {
        return pool.threads();
    }

    /**
     * Starts to load a sample.
     *
     * @param place of the sample in its batch, as {@link SampleOrder} has it
     * @param abandoned asked before the work begins; if true, nothing is done and the result is null, for which nobody
     *     asks
     * @throws IllegalStateException if the data set was closed
     */
    Future<Loaded> start(long place, DataPass pass, BooleanSupplier abandoned) {
        try {
            return pool.start(() -> abandoned.getAsBoolean() ? null : load(place, pass));
        } catch (RejectedExecutionException e) {
            throw closed(e);
        }
    }

    void requireOpen() {
        if (pool.isClosed()) {
            throw new IllegalStateException(CLOSED);
        }
    }

    private static IllegalStateException closed(Throwable cause) {
        return new IllegalStateException(CLOSED, cause);
    }

    private Loaded load(long place, DataPass pass) {
        int index = SampleOrder.index(place, samples.size());
        Sample sample = samples.get(index);
        try {
            Pixels pixels = pass.training()
                    ? augmented(openToAugment(sample), pass.preprocessing(), SampleOrder.random(pass, place))
                    : pass.preprocessing().apply(open(sample).photo().pixels());
            return new Loaded(index, Optional.of(pixels), Optional.empty());
        } catch (ImageDecodeException e) {
            return failed(index, e);
        } catch (OutOfMemoryError e) { // while it was resized or augmented
            return failed(index, ImageDecodeException.outOfMemory(sample.image().name(), e));
        } catch (RuntimeException e) { // of the user's own source or augmentation
            throw new IllegalStateException(sample.image().name() + ": reading or augmenting it failed: " + e, e);
        }
    }

    private Loaded failed(int index, ImageDecodeException e) {
        Bad bad = new Bad(SkippedImage.of(samples.get(index), e.reason()), e);
        return new Loaded(index, Optional.empty(), Optional.of(bad));
    }

    private Framed open(Sample sample) throws ImageDecodeException {
        return Framed.of(sample, settings.decoder().open(sample.image()), settings.boxCrop());
    }

    /** Without augmentation, a training pass shows what an evaluation shows: the photo as it is. */
    private Framed openToAugment(Sample sample) throws ImageDecodeException {
        return settings.cache().isPresent() && isAugmenting()
                ? settings.cache()
                        .get()
                        .get(sample, PhotoCache.settings(settings.decoder(), settings.boxCrop()), () -> open(sample))
                : open(sample);
    }

    private Pixels augmented(Framed framed, Preprocessing target, SplittableRandom random) throws ImageDecodeException {
        Pixels pixels = settings.augmentation().apply(new Draw(framed.photo(), framed.box(), target, random));
        if (pixels == null || !Box.of(pixels).equals(Box.of(target.size()))) {
            throw new IllegalStateException("the augmentation returned "
                    + (pixels == null ? "null" : "height " + pixels.height() + ", width " + pixels.width())
                    + "; the model's input is " + target.size().height()
                    + " by " + target.size().width());
        }
        return pixels;
    }

    /** Decodes every sample and lists those that cannot be. */
    List<SkippedImage> check() {
        requireOpen();
        List<CompletableFuture<Optional<SkippedImage>>> checks =
                samples.stream().map(sample -> pool.start(() -> check(sample))).toList();
        List<SkippedImage> bad = new ArrayList<>();
        for (CompletableFuture<Optional<SkippedImage>> check : checks) {
            DecodingPool.await(check).ifPresent(bad::add);
        }
        return bad;
    }

    private Optional<SkippedImage> check(Sample sample) {
        try {
            open(sample).photo().pixels();
            return Optional.empty();
        } catch (ImageDecodeException e) {
            return Optional.of(SkippedImage.of(sample, e.reason()));
        } catch (OutOfMemoryError e) { // while it was cut to its box
            String reason =
                    ImageDecodeException.outOfMemory(sample.image().name(), e).reason();
            return Optional.of(SkippedImage.of(sample, reason));
        }
    }

    /** See {@link ImageDataset#medianAspectRatio}. */
    double medianAspectRatio() {
        requireOpen();
        int looks = Math.min(samples.size(), MOST_LOOKS);
        List<CompletableFuture<OptionalDouble>> looked = IntStream.range(0, looks)
                .mapToObj(look -> samples.get((int) ((long) look * samples.size() / looks)))
                .map(sample -> pool.start(() -> aspectRatio(sample)))
                .toList();
        double[] ratios = looked.stream()
                .map(DecodingPool::await)
                .flatMapToDouble(OptionalDouble::stream)
                .sorted()
                .toArray();
        int middle = ratios.length / 2;
        if (ratios.length == 0) {
            return 1;
        }
        return ratios.length % 2 == 1 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2;
    }

    private OptionalDouble aspectRatio(Sample sample) {
        try {
            Box size = open(sample).photo().size();
            return OptionalDouble.of((double) size.width() / size.height());
        } catch (ImageDecodeException | OutOfMemoryError e) { // which a pass will say better
            return OptionalDouble.empty();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
