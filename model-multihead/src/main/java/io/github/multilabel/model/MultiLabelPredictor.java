package io.github.multilabel.model;

import ai.djl.Device;
import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.core.torch.internal.Unclosed;
import io.github.multilabel.model.ImageLoading.Loaded;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Answers all questions of a model about images. Each goes through the very preprocessing that the model was trained
 * with.
 *
 * <p>Made for a service: one predictor for the whole application, called from any number of threads. Up to
 * {@link Builder#optConcurrency} calls run at once and the others wait, so that memory stays bounded; each gives the
 * same answer as it would alone. {@link #close} waits for the running calls, later ones get an
 * {@link IllegalStateException}.
 *
 * <pre>{@code
 * MultiLabelPredictor predictor = model.newPredictor(Precision.AUTO);
 * predictor.warmUp();
 * ...
 * Prediction car = predictor.predict(request.getInputStream());
 * String line = car.toJson();
 * }</pre>
 *
 * <p>A predictor prepares the weights once, when it is made: training that goes on does not change its answers, and it
 * may outlive model and trainer. Only a backbone without a {@linkplain MultiLabelModel#network() description} runs on
 * the model's own weights, one call at a time; its predictors see later training and are closed with the model.
 */
public final class MultiLabelPredictor implements AutoCloseable {

    private static final int MOST_THREADS = 1024;

    private final Preprocessing preprocessing;
    private final PreparedModel prepared;
    private final ImageLoading loading;
    private final int batchSize;
    private final Semaphore slots;
    private final Consumer<MultiLabelPredictor> onClose;
    private final Unclosed unclosed;

    private MultiLabelPredictor(Builder builder) {
        builder.model.requireOpen();
        preprocessing = builder.model.preprocessing();
        prepared = new PreparedModel(builder.model, builder.precision, builder.flip);
        loading = new ImageLoading(builder.decoder, preprocessing, builder.threads);
        batchSize = builder.batchSize;
        slots = new Semaphore(builder.concurrency);
        onClose = builder.model.register(this);
        unclosed = watch(this, prepared, loading);
    }

    /** Not a part of the constructor, so that what frees does not refer to the predictor. */
    private static Unclosed watch(MultiLabelPredictor predictor, PreparedModel prepared, ImageLoading loading) {
        return Unclosed.watch(predictor, "a MultiLabelPredictor", () -> {
            prepared.close();
            loading.close();
        });
    }

    /** Starts with the defaults; see {@link MultiLabelModel#newPredictor()} for a predictor that needs no others. */
    public static Builder builder(MultiLabelModel model) {
        return new Builder(model);
    }

    /**
     * Runs the model once on a grey picture, so that the first real call is not the one that waits for memory and
     * kernels.
     *
     * @throws IllegalStateException if the predictor is closed, or the model's weights are not finite
     */
    public void warmUp() {
        int size = preprocessing.size();
        byte[] grey = new byte[size * size * Pixels.CHANNELS];
        Arrays.fill(grey, (byte) 127);
        try {
            var unused = prepared.predict(List.of("grey"), List.of(new Pixels(size, size, grey)));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Predicts an image file.
     *
     * @throws IOException if it cannot be read or is not a whole image; the message names it and the reason
     * @throws IllegalStateException if the predictor is closed, or the model's weights are not finite
     */
    public Prediction predict(Path file) throws IOException {
        return predict(ImageSource.of(given(file)));
    }

    /**
     * Predicts an encoded image.
     *
     * @throws IOException if it cannot be read or is not a whole image; the message names it and the reason
     * @throws IllegalStateException if the predictor is closed, or the model's weights are not finite
     */
    public Prediction predict(ImageSource image) throws IOException {
        given(image);
        slots.acquireUninterruptibly(); // before decoding: a large photo takes more memory than the model's answer
        try {
            prepared.requireOpen();
            return prepared.predict(List.of(image.name()), List.of(loading.load(image)))
                    .get(0);
        } finally {
            slots.release();
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Predicts an encoded image, such as the bytes of a JPEG file; named {@code bytes} in messages.
     *
     * @throws IOException if it is not a whole image
     * @throws IllegalStateException if the predictor is closed, or the model's weights are not finite
     */
    public Prediction predict(byte[] image) throws IOException {
        return predict(ImageSource.of("bytes", given(image)));
    }

    /**
     * Predicts an encoded image, named {@code stream} in messages.
     *
     * @param image read to its end into memory, not closed; a service bounds what it accepts beforehand
     * @throws IOException if it cannot be read or is not a whole image
     * @throws IllegalStateException if the predictor is closed, or the model's weights are not finite
     */
    public Prediction predict(InputStream image) throws IOException {
        return predict(ImageSource.of("stream", given(image).readAllBytes()));
    }

    /**
     * Predicts a picture that DJL has decoded, named {@code image}. What is transparent is laid on white, as in files.
     * DJL ignores the orientation that a photo's EXIF data asks for and does not notice a file that was cut short; the
     * methods for files and bytes do.
     *
     * @throws IllegalStateException if the predictor is closed, or the model's weights are not finite
     */
    public Prediction predict(Image image) {
        given(image);
        // DJL's own tensor has no alpha, and what is clear in whatever colour lies under it
        return image.getWrappedImage() instanceof BufferedImage buffered
                ? predict(buffered)
                : predict(() -> pixels(image));
    }

    /**
     * Predicts a picture that Java has decoded or drawn, named {@code image}. What is transparent is laid on white, as
     * in files. {@code ImageIO} ignores the orientation that a photo's EXIF data asks for and does not notice every
     * file that was cut short; the methods for files and bytes do.
     *
     * @throws IllegalStateException if the predictor is closed, or the model's weights are not finite
     */
    public Prediction predict(BufferedImage image) {
        given(image);
        return predict(() -> Pixels.of(image));
    }

    private Prediction predict(Supplier<Pixels> picture) {
        slots.acquireUninterruptibly();
        try {
            prepared.requireOpen();
            return prepared.predict(List.of("image"), List.of(preprocessing.apply(picture.get())))
                    .get(0);
        } finally {
            slots.release();
            Reference.reachabilityFence(this);
        }
    }

    private static Pixels pixels(Image image) {
        try (NDManager cpu = TorchEngine.newManager(Device.cpu())) {
            NDArray rgb = image.toNDArray(cpu, Image.Flag.COLOR);
            Shape shape = rgb.getShape();
            return new Pixels((int) shape.get(0), (int) shape.get(1), rgb.toByteArray());
        }
    }

    /**
     * Predicts image files in batches.
     *
     * @see #predictAll
     */
    public List<PredictionResult> predictFiles(List<Path> files) {
        return predictAll(given(files).stream()
                .map(file -> file == null ? null : ImageSource.of(file)) // which fails in its place
                .toList());
    }

    /**
     * Predicts many images in batches, decoding ahead on several threads. An image that cannot be used gives a
     * {@link PredictionFailure} in its place and leaves the others as they are.
     *
     * @param images any number
     * @return one result per image, in the same order
     * @throws IllegalStateException if the predictor is closed before the last batch begins, or the model's weights are
     *     not finite
     * @throws IllegalArgumentException if the list or one of the images is null
     */
    public List<PredictionResult> predictAll(List<ImageSource> images) {
        given(images);
        prepared.requireOpen();
        List<PredictionResult> results = new ArrayList<>(images.size());
        List<CompletableFuture<Loaded>> next = startBatch(images, 0);
        for (int start = 0; start < images.size(); start += batchSize) {
            List<CompletableFuture<Loaded>> batch = next;
            next = startBatch(images, start + batchSize); // decodes while the model is busy with the one before
            results.addAll(answer(batch.stream().map(CompletableFuture::join).toList()));
        }
        return List.copyOf(results);
    }

    private static <T> T given(T image) {
        if (image == null) {
            throw new IllegalArgumentException("the image is null; give a file, bytes, a stream or an ImageSource");
        }
        return image;
    }

    private static <T> List<T> given(List<T> images) {
        if (images == null) {
            throw new IllegalArgumentException("the list of images is null");
        }
        return images;
    }

    private List<CompletableFuture<Loaded>> startBatch(List<ImageSource> images, int start) {
        try {
            return loading.start(
                    images.subList(Math.min(start, images.size()), Math.min(start + batchSize, images.size())));
        } catch (RejectedExecutionException e) {
            throw PreparedModel.closed(e);
        }
    }

    private List<PredictionResult> answer(List<Loaded> batch) {
        List<Loaded> usable =
                batch.stream().filter(image -> image.pixels().isPresent()).toList();
        Iterator<Prediction> predictions = predictInSlot(usable).iterator();
        return batch.stream()
                .<PredictionResult>map(image -> image.pixels().isPresent()
                        ? predictions.next()
                        : new PredictionFailure(image.source(), image.problem()))
                .toList();
    }

    private List<Prediction> predictInSlot(List<Loaded> images) {
        if (images.isEmpty()) {
            return List.of();
        }
        slots.acquireUninterruptibly();
        try {
            return prepared.predict(
                    images.stream().map(Loaded::source).toList(),
                    images.stream().flatMap(image -> image.pixels().stream()).toList());
        } finally {
            slots.release();
            Reference.reachabilityFence(this);
        }
    }

    /** The native arrays that calls have left behind, none if all is well. */
    List<NDArray> arraysLeft() {
        return prepared.arraysLeft();
    }

    /** Waits for the calls that are running, then frees the weights; calls that wait for their turn fail. */
    @Override
    public void close() {
        prepared.close();
        loading.close();
        onClose.accept(this);
        unclosed.closed();
    }

    /** Settings of a predictor; each has a default. */
    public static final class Builder {

        private final MultiLabelModel model;
        private Precision precision = Precision.FLOAT32;
        private boolean flip;
        private int batchSize = 16;
        private int concurrency = Runtime.getRuntime().availableProcessors();
        private int threads = Runtime.getRuntime().availableProcessors();
        private ImageDecoder decoder = ImageDecoder.strict();

        private Builder(MultiLabelModel model) {
            this.model = model;
            flip = model.isTestTimeFlip();
        }

        /**
         * The data type of the convolutions; {@code FLOAT32} unless set. What {@code AUTO} becomes on the device is
         * measured and logged, see {@link Precision#resolve}. A backbone without description stays float32.
         */
        public Builder optPrecision(Precision precision) {
            this.precision = precision;
            return this;
        }

        /**
         * Whether each answer is that of the mean logits of the image and its mirror image: takes twice as long, and is
         * a little better wherever left and right mean the same. As {@link MultiLabelModel#isTestTimeFlip} unless set.
         */
        public Builder optTestTimeFlip(boolean flip) {
            this.flip = flip;
            return this;
        }

        /** How many images of {@link #predictAll} the model sees at once; 16 unless set. */
        public Builder optBatchSize(int batchSize) {
            this.batchSize = batchSize;
            return this;
        }

        /**
         * How many calls run at once while others wait; the number of processors unless set. PyTorch also spreads each
         * call over {@code ai.djl.pytorch.num_threads} native threads (as many as processors unless set), so few are
         * enough to keep them busy. For a small model in a busy service it is the better use of the processors to give
         * each call one native thread, {@code -Dai.djl.pytorch.num_threads=1}, and to run as many calls as there are
         * processors; for a large model that must answer one call soon, the other way round.
         *
         * <p>On Linux, native threads that wait for each other spin, and on a machine with other work, or in a
         * container with less than its share of the processors, that takes the time from those they wait for: the
         * environment variable {@code OMP_WAIT_POLICY=PASSIVE} lets them sleep. Both are settings of the process, read
         * when PyTorch starts.
         */
        public Builder optConcurrency(int concurrency) {
            this.concurrency = concurrency;
            return this;
        }

        /**
         * How many threads decode the images of {@link #predictAll}; the number of processors unless set. They are
         * threads of Java; PyTorch has its own, see {@link #optConcurrency}.
         */
        public Builder optThreads(int threads) {
            this.threads = threads;
            return this;
        }

        /**
         * How images are decoded, {@link ImageDecoder#strict()} unless set. Take the one of the training's data set: a
         * lenient training has seen photos that a strict predictor refuses. A service that lets strangers send images
         * sets {@link ImageDecoder#withPixelLimit} to the largest that it expects; a call takes about 6 bytes of heap
         * for each pixel, and {@link #optConcurrency} or {@link #optThreads} of them run at once.
         */
        public Builder optDecoder(ImageDecoder decoder) {
            this.decoder = decoder;
            return this;
        }

        /**
         * Prepares the model's present weights.
         *
         * @return to be closed by the caller
         * @throws IllegalArgumentException if a setting is outside its range; the message lists all
         * @throws IllegalStateException if the model is closed
         */
        public MultiLabelPredictor build() {
            new Problems("build MultiLabelPredictor")
                    .requireGiven("optPrecision", precision, "one of " + Arrays.toString(Precision.values()))
                    .requireGiven("optDecoder", decoder, "e.g. ImageDecoder.strict()")
                    .require(batchSize >= 1, "optBatchSize", batchSize, "at least 1")
                    .require(concurrency >= 1, "optConcurrency", concurrency, "at least 1")
                    .require(threads >= 1 && threads <= MOST_THREADS, "optThreads", threads, "1 to " + MOST_THREADS)
                    .throwIfAny();
            return new MultiLabelPredictor(this);
        }
    }
}
