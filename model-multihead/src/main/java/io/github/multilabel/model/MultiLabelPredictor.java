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
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.LeakDetector;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.drift.AnswerReference;
import io.github.multilabel.model.internal.calls.HeadAnswers;
import io.github.multilabel.model.internal.calls.ImageCalls;
import io.github.multilabel.model.internal.calls.ImageLoading;
import io.github.multilabel.model.internal.calls.PreparedModel;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionListener;
import io.github.multilabel.model.prediction.PredictionResult;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Predicts images with a model, after the preprocessing that the model was trained with.
 *
 * <p>Use one predictor for the whole application, from any number of threads. Up to {@link Builder#optConcurrency}
 * calls run at once and the others wait, so that memory stays bounded; each returns the same prediction as it would
 * alone. {@link #close} waits for running calls, and later calls throw an {@link IllegalStateException}.
 *
 * <pre>{@code
 * MultiLabelPredictor predictor = model.newPredictor(Precision.AUTO);
 * predictor.warmUp();
 * ...
 * Prediction car = predictor.predict(request.getInputStream());
 * String line = car.toJson();
 * }</pre>
 *
 * <p>Where an application asks for an {@link ImagePredictor}, its tests need no model.
 *
 * <p>A predictor copies the weights when it is built: later training does not change its predictions, and the model may
 * be closed. Only a backbone that is a DJL block or TorchScript (see {@link MultiLabelModel#network()}) runs on the
 * model's own weights, one call at a time; its predictors use later weights and are closed with the model.
 *
 * <p>Close it. A predictor that is not closed is freed late, with a warning in the log.
 */
public final class MultiLabelPredictor implements ModelPredictor {

    /** The name of the engine, as in options. */
    private static final String ENGINE = "pytorch";

    private static final int MOST_THREADS = 1024;

    private final Preprocessing preprocessing;
    private final ModelAnswers answers;
    private final Optional<AnswerReference> reference;
    private final TorchPixelProgram program;
    private final PreparedModel<Prediction> prepared;
    private final ImageCalls<Prediction> calls;
    private final Runnable onClose;
    private final LeakDetector leakDetector;

    private MultiLabelPredictor(Builder builder) {
        builder.model.requireOpen();
        MultiLabelModel model = builder.model;
        preprocessing = model.preprocessing();
        answers = ModelAnswers.of(model);
        reference = model.answerReference();
        program = new TorchPixelProgram(
                preprocessing,
                model.newInference(builder.precision, builder.flip),
                model.manager().getDevice());
        prepared = new PreparedModel<>(
                "this predictor is closed; create another with model.newPredictor()",
                program,
                new HeadAnswers(
                        model.heads(),
                        model.thresholds(),
                        model.sureAnswers(),
                        model.combinations(),
                        model.unusualThreshold()),
                builder.listener);
        ImageLoading loading = new ImageLoading(builder.decoder, preprocessing, builder.threads, builder.listener);
        calls = new ImageCalls<>(preprocessing, prepared, loading, builder.batchSize, builder.concurrency);
        onClose = model.register(this::close);
        leakDetector = watch(this, calls);
    }

    /** Outside the constructor, so that the cleaning action does not refer to the predictor. */
    private static LeakDetector watch(MultiLabelPredictor predictor, ImageCalls<Prediction> calls) {
        return LeakDetector.watch(predictor, "a MultiLabelPredictor", calls::close);
    }

    /**
     * Returns a builder with the default settings; for these alone, {@link MultiLabelModel#newPredictor()} is shorter.
     */
    public static Builder builder(MultiLabelModel model) {
        return new Builder(Given.require(model, "model", "e.g. MultiLabelModel.load(folder)"));
    }

    @Override
    public ModelAnswers answers() {
        return answers;
    }

    @Override
    public Optional<AnswerReference> answerReference() {
        return reference;
    }

    @Override
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    @Override
    public String engine() {
        return ENGINE;
    }

    @Override
    public float[][] logits(List<Pixels> images) {
        try {
            return Arrays.copyOf(calls.arrays(given(images)), heads().size()); // behind them the distance may stand
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public List<Prediction> predictReady(List<String> names, List<Pixels> images) {
        Given.require(names, "names", "one for each image");
        try {
            return calls.ready(names, Given.require(images, "images", "a list of them, perhaps empty"));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void warmUp() {
        try {
            prepared.warmUp(preprocessing);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Predicts an encoded image.
     *
     * @param image for example {@code ImageSource.of(name, bytes)}
     * @throws IOException if it cannot be read or is not a whole image; the message names it and the reason
     * @throws IllegalStateException if the predictor is closed, or the model's weights are not finite
     */
    @Override
    public Prediction predict(ImageSource image) throws IOException {
        given(image);
        try {
            return calls.one(image);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Predicts an image that DJL has decoded. It is named {@code image}. Transparent pixels are laid on white, as those
     * of files are. DJL ignores the EXIF orientation of photos and does not notice truncated files; the methods for
     * files and bytes do.
     *
     * @param image of any size
     * @throws IllegalStateException if the predictor is closed, or the model's weights are not finite
     */
    public Prediction predict(Image image) {
        given(image);
        return predict(() -> pixels(image));
    }

    /**
     * Predicts an image that Java has decoded or drawn. It is named {@code image}. Transparent pixels are laid on
     * white, as those of files are. {@code ImageIO} ignores the EXIF orientation of photos and does not notice every
     * truncated file; the methods for files and bytes do.
     *
     * @param image of any size and colour model
     * @throws IllegalStateException if the predictor is closed, or the model's weights are not finite
     */
    @Override
    public Prediction predict(BufferedImage image) {
        given(image);
        return predict(() -> Pixels.of(image));
    }

    private Prediction predict(Supplier<Pixels> pixels) {
        try {
            return calls.one(pixels);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Predicts images that DJL has decoded, in batches. Each is named {@code image}.
     *
     * @param images of any sizes
     * @return one prediction per image, in the same order
     * @throws IllegalStateException if the predictor is closed, or the model's weights are not finite
     * @see #predict(Image)
     */
    public List<Prediction> predictImages(List<Image> images) {
        try {
            return calls.all(given(images).stream()
                    .<Supplier<Pixels>>map(image -> () -> pixels(given(image)))
                    .toList());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private static Pixels pixels(Image image) {
        // DJL's own tensor has no alpha, and what is clear in whatever colour lies under it
        if (image.getWrappedImage() instanceof BufferedImage buffered) {
            return Pixels.of(buffered);
        }
        try (NDManager cpu = TorchEngine.newManager(Device.cpu())) {
            NDArray rgb = image.toNDArray(cpu, Image.Flag.COLOR);
            Shape shape = rgb.getShape();
            return new Pixels((int) shape.get(0), (int) shape.get(1), rgb.toByteArray());
        }
    }

    /**
     * Predicts any number of images in batches, and decodes the next batch meanwhile. An image that cannot be used
     * gives a {@link PredictionFailure} in its place, and the others are predicted.
     *
     * @param images any number; they are decoded only when their batch comes
     * @return one result per image, in the same order
     * @throws IllegalStateException if the predictor is closed before the last batch begins, or the model's weights are
     *     not finite
     * @throws IllegalArgumentException if the list is null
     */
    @Override
    public List<PredictionResult> predictAll(List<ImageSource> images) {
        try {
            return calls.all(given(images), prediction -> prediction, PredictionFailure::new);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private static <T> T given(T image) {
        return Given.require(image, "image", "a file, bytes, a stream or an ImageSource");
    }

    private static <T> List<T> given(List<T> images) {
        return Given.require(images, "images", "a list of them, perhaps empty");
    }

    /** The native arrays that calls have not freed, for tests; there should be none. */
    List<NDArray> arraysLeft() {
        return program.arraysLeft();
    }

    /** Waits for running calls, then frees the weights. Calls that wait for their turn fail. */
    @Override
    public void close() {
        calls.close();
        onClose.run();
        leakDetector.closed();
    }

    /** Builds a predictor. Every setting has a default. */
    public static final class Builder {

        private final MultiLabelModel model;
        private Precision precision = Precision.FLOAT32;
        private boolean flip;
        private int batchSize = 16;
        private int concurrency = Runtime.getRuntime().availableProcessors();
        private int threads = Runtime.getRuntime().availableProcessors();
        private ImageDecoder decoder = ImageDecoder.strict();
        private PredictionListener listener = PredictionListener.none();

        private Builder(MultiLabelModel model) {
            this.model = model;
            flip = model.isTestTimeFlip();
        }

        /**
         * Sets the data type of the convolutions; {@code FLOAT32} by default. {@code AUTO} measures which is fastest on
         * the device, and logs it, see {@link Precision#resolve}. A backbone that is a DJL block or TorchScript
         * computes in float32.
         */
        public Builder optPrecision(Precision precision) {
            this.precision = precision;
            return this;
        }

        /**
         * Sets whether to average the logits of each image and its mirror image. This takes twice as long, and is a
         * little more accurate where left and right do not matter. {@link MultiLabelModel#isTestTimeFlip} by default.
         */
        public Builder optTestTimeFlip(boolean flip) {
            this.flip = flip;
            return this;
        }

        /** Sets how many images {@link #predictAll} predicts at once; 16 by default. Does not change predictions. */
        public Builder optBatchSize(int batchSize) {
            this.batchSize = batchSize;
            return this;
        }

        /**
         * Sets how many calls run at once while others wait; the number of processors by default. PyTorch also uses
         * {@code ai.djl.pytorch.num_threads} native threads for each call, by default as many as there are processors.
         * For the highest throughput with a small model, give each call one native thread,
         * {@code -Dai.djl.pytorch.num_threads=1}, and run as many calls as there are processors; for the lowest latency
         * of a large model, run few calls with many native threads.
         *
         * <p>On Linux, native threads spin while they wait for each other. On a machine with other work, or in a
         * container that is limited to a part of the processors, that slows down the threads they wait for; the
         * environment variable {@code OMP_WAIT_POLICY=PASSIVE} lets them sleep. Both are settings of the process that
         * PyTorch reads when it starts.
         */
        public Builder optConcurrency(int concurrency) {
            this.concurrency = concurrency;
            return this;
        }

        /**
         * Sets how many Java threads decode the images of {@link #predictAll}, 1 to 1024; the number of processors by
         * default. PyTorch has its own threads, see {@link #optConcurrency}.
         */
        public Builder optThreads(int threads) {
            this.threads = threads;
            return this;
        }

        /**
         * Sets how images are decoded; {@link ImageDecoder#strict()} by default. Use the decoder of the training's data
         * set: a strict predictor refuses truncated images that a lenient training has seen. A service that accepts
         * images from strangers sets {@link ImageDecoder#withPixelLimit} to the largest size that it expects; a call
         * takes about 6 bytes of heap per pixel, and {@link #optConcurrency} or {@link #optThreads} of them run at
         * once.
         */
        public Builder optDecoder(ImageDecoder decoder) {
            this.decoder = decoder;
            return this;
        }

        /** Sets who is told how long images and batches take, for metrics; nobody by default. */
        public Builder optListener(PredictionListener listener) {
            this.listener = listener;
            return this;
        }

        /**
         * Builds the predictor with the model's current weights.
         *
         * @return to be closed by the caller
         * @throws IllegalArgumentException if a setting is outside its range; the message lists all such settings
         * @throws IllegalStateException if the model is closed
         */
        public MultiLabelPredictor build() {
            new Problems("build MultiLabelPredictor")
                    .requireGiven("optPrecision", precision, "one of " + Arrays.toString(Precision.values()))
                    .requireGiven("optDecoder", decoder, "e.g. ImageDecoder.strict()")
                    .requireGiven("optListener", listener, "or leave it out")
                    .require(batchSize >= 1, "optBatchSize", batchSize, "at least 1")
                    .require(concurrency >= 1, "optConcurrency", concurrency, "at least 1")
                    .require(threads >= 1 && threads <= MOST_THREADS, "optThreads", threads, "1 to " + MOST_THREADS)
                    .throwIfAny();
            return new MultiLabelPredictor(this);
        }
    }
}
