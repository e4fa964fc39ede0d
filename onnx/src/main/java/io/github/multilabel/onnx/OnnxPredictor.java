package io.github.multilabel.onnx;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.LeakDetector;
import io.github.multilabel.model.ImagePredictor;
import io.github.multilabel.model.ModelAnswers;
import io.github.multilabel.model.drift.AnswerReference;
import io.github.multilabel.model.internal.calls.HeadAnswers;
import io.github.multilabel.model.internal.calls.ImageCalls;
import io.github.multilabel.model.internal.calls.ImageLoading;
import io.github.multilabel.model.internal.calls.PreparedModel;
import io.github.multilabel.model.internal.description.Answering;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.onnx.engine.OnnxEngine;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Predicts images with an exported file alone: PyTorch need not be on the class path. It gives the same answers as a
 * {@link io.github.multilabel.model.MultiLabelPredictor} of the model that was exported, calibrated and with thresholds
 * as that one, and any number of threads may use it.
 *
 * <pre>{@code
 * try (OnnxPredictor predictor = OnnxPredictor.load(Path.of("cars.onnx"))) {
 *     Prediction car = predictor.predict(Path.of("car.jpg"));
 * }
 * }</pre>
 *
 * <p>Up to {@link Builder#optConcurrency} calls run at once and the others wait. Close it: it holds native memory, and
 * is freed late, with a warning in the log, if it is forgotten.
 */
public final class OnnxPredictor implements ImagePredictor {

    private static final int MOST_THREADS = 1024;
    private static final String AUTO = "auto";
    /** Of the answers of each head, for a file in int8 to be taken. */
    private static final double LEAST_AGREEMENT = 0.95;

    private static final Logger LOG = LoggerFactory.getLogger(OnnxPredictor.class);

    private final OnnxDescription description;
    private final String engine;
    private final boolean isInt8;
    private final PreparedModel<Prediction> prepared;
    private final ImageCalls<Prediction> calls;
    private final LeakDetector leakDetector;

    private OnnxPredictor(Builder builder, OnnxDescription description, FastestEngine.Candidate chosen) {
        this.description = description;
        this.engine = chosen.engine().name();
        this.isInt8 = chosen.isInt8();
        Preprocessing preprocessing = description.preprocessing();
        prepared = new PreparedModel<>(
                "this predictor is closed; create another with OnnxPredictor.load(file)",
                new FileProgram(chosen.session(), description.input(), preprocessing),
                new HeadAnswers(
                        description.heads(),
                        description.answering().thresholds(),
                        description.answering().sure(),
                        description.answering().combinations(),
                        description.answering().unusual(),
                        description.output()::answer));
        ImageLoading loading = new ImageLoading(builder.decoder, preprocessing, builder.threads);
        calls = new ImageCalls<>(preprocessing, prepared, loading, builder.batchSize, builder.concurrency);
        leakDetector = watch(this, calls);
    }

    /** Outside the constructor, so that the cleaning action does not refer to the predictor. */
    private static LeakDetector watch(OnnxPredictor predictor, ImageCalls<Prediction> calls) {
        return LeakDetector.watch(predictor, "an OnnxPredictor", calls::close);
    }

    /**
     * Loads an exported file with the default settings.
     *
     * @throws IOException if it cannot be read, is damaged, or was not exported by this library
     */
    public static OnnxPredictor load(Path file) throws IOException {
        return builder(file).build();
    }

    /** Returns a builder with the default settings. */
    public static Builder builder(Path file) {
        return new Builder(Given.require(file, "file", "what multilabel export wrote, e.g. cars.onnx"));
    }

    /** Returns the heads, in the order of each prediction. */
    public HeadSet heads() {
        return description.heads();
    }

    /** Returns how images are made ready for the file. */
    public Preprocessing preprocessing() {
        return description.preprocessing();
    }

    /** Returns what the model says of images whose logits are known, such as the columns of a table. */
    public ModelAnswers answers() {
        Answering answering = description.answering();
        return ModelAnswers.of(description.heads(), answering.thresholds(), answering.sure(), answering.combinations())
                .withDistance(answering.unusual().isPresent());
    }

    /** Returns what the model answered on validation images, as {@code MultiLabelModel.answerReference} does. */
    public Optional<AnswerReference> answerReference() {
        return description.answering().reference();
    }

    /** Returns the name of the engine that computes. */
    public String engine() {
        return engine;
    }

    /** Returns whether it computes in int8. */
    public boolean isInt8() {
        return isInt8;
    }

    /** Runs once on a grey image, so that the first real call does not wait for memory and kernels. */
    public void warmUp() {
        try {
            prepared.warmUp(preprocessing());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public Prediction predict(ImageSource image) throws IOException {
        given(image);
        try {
            return calls.one(image);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public Prediction predict(BufferedImage image) {
        given(image);
        try {
            return calls.one(() -> Pixels.of(image));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public List<PredictionResult> predictAll(List<ImageSource> images) {
        Given.require(images, "images", "a list of them, perhaps empty");
        try {
            return calls.all(images, prediction -> prediction, PredictionFailure::new);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private static <T> T given(T image) {
        return Given.require(image, "image", "a file, bytes, a stream or an ImageSource");
    }

    /** Waits for running calls, then frees the native memory. Calls that wait for their turn fail. */
    @Override
    public void close() {
        calls.close();
        leakDetector.closed();
    }

    /** Builds a predictor. Every setting has a default. */
    public static final class Builder {

        private final Path file;
        private Optional<Path> int8 = Optional.empty();
        private String engine = "onnxruntime";
        private Precision precision = Precision.FLOAT32;
        private int batchSize = 16;
        private int concurrency = Runtime.getRuntime().availableProcessors();
        private int threads = Runtime.getRuntime().availableProcessors();
        private int nativeThreads = Runtime.getRuntime().availableProcessors();
        private ImageDecoder decoder = ImageDecoder.strict();

        private Builder(Path file) {
            this.file = file;
        }

        /**
         * Sets who computes: the name of an engine on the class path, {@code onnxruntime} by default, or {@code auto}:
         * then those on the class path predict one random image in turn, and the fastest of those that agree is taken;
         * the log says what was measured.
         */
        public Builder optEngine(String engine) {
            this.engine = engine;
            return this;
        }

        /**
         * Names the same model in int8, as {@code multilabel export --int8} writes it. It is taken where a short
         * measurement on this machine finds it faster, provided that each head gave at least 95 % of its answers in
         * float32 when it was exported; the log says what was measured.
         */
        public Builder optInt8(Path int8) {
            this.int8 = Optional.of(Given.require(int8, "int8", "what multilabel export --int8 wrote"));
            return this;
        }

        /**
         * Sets the data type of convolutions and products; {@code FLOAT32} by default. Engines refuse what they cannot
         * do; {@code AUTO} leaves the choice to the engine. A file in int8 stays in int8.
         */
        public Builder optPrecision(Precision precision) {
            this.precision = precision;
            return this;
        }

        /** Sets how many images {@link #predictAll} predicts at once; 16 by default. Does not change predictions. */
        public Builder optBatchSize(int batchSize) {
            this.batchSize = batchSize;
            return this;
        }

        /** Sets how many calls run at once while others wait; the number of processors by default. */
        public Builder optConcurrency(int concurrency) {
            this.concurrency = concurrency;
            return this;
        }

        /** Sets how many Java threads decode, 1 to 1024; the number of processors by default. */
        public Builder optThreads(int threads) {
            this.threads = threads;
            return this;
        }

        /**
         * Sets how many threads of the engine compute, 1 to 1024; the number of processors by default. Calls at once
         * share them.
         */
        public Builder optNativeThreads(int nativeThreads) {
            this.nativeThreads = nativeThreads;
            return this;
        }

        /** Sets how images are decoded; {@link ImageDecoder#strict()} by default. */
        public Builder optDecoder(ImageDecoder decoder) {
            this.decoder = decoder;
            return this;
        }

        /**
         * Loads the file.
         *
         * @return to be closed by the caller
         * @throws IllegalArgumentException if a setting is outside its range; the message lists all such settings
         * @throws IllegalStateException if the engine is missing or its native library cannot be loaded; the message
         *     says what to do
         * @throws IOException if a file cannot be read, is damaged, was not exported by this library, or the one for
         *     int8 is not in int8 or of another model
         */
        public OnnxPredictor build() throws IOException {
            new Problems("build OnnxPredictor")
                    .requireGiven("optEngine", engine, "onnxruntime, openvino or auto")
                    .requireGiven("optPrecision", precision, "one of " + Arrays.toString(Precision.values()))
                    .requireGiven("optDecoder", decoder, "e.g. ImageDecoder.strict()")
                    .require(batchSize >= 1, "optBatchSize", batchSize, "at least 1")
                    .require(concurrency >= 1, "optConcurrency", concurrency, "at least 1")
                    .require(threads >= 1 && threads <= MOST_THREADS, "optThreads", threads, "1 to " + MOST_THREADS)
                    .require(
                            nativeThreads >= 1 && nativeThreads <= MOST_THREADS,
                            "optNativeThreads",
                            nativeThreads,
                            "1 to " + MOST_THREADS)
                    .throwIfAny();
            OnnxDescription description = ExportedFile.read(file);
            FastestEngine.Candidate chosen = choose(description);
            return new OnnxPredictor(this, description, chosen);
        }

        private FastestEngine.Candidate choose(OnnxDescription description) throws IOException {
            OnnxEngine.Settings settings = new OnnxEngine.Settings(nativeThreads, precision);
            Engines all = Engines.onClassPath();
            Engines engines = engine.equals(AUTO) ? all : new Engines(List.of(all.named(engine)));
            Optional<Path> faster = int8.isPresent() ? usable(int8.get(), description) : Optional.empty();
            if (!engine.equals(AUTO) && faster.isEmpty()) {
                OnnxEngine only = engines.all().get(0);
                return new FastestEngine.Candidate(
                        only, only.open(file, settings), description.int8().isPresent());
            }
            List<FastestEngine.Candidate> candidates =
                    new ArrayList<>(engines.open(file, description.int8().isPresent(), settings));
            if (faster.isPresent()) {
                try {
                    candidates.addAll(engines.open(faster.get(), true, settings));
                } catch (IOException e) {
                    candidates.forEach(candidate -> candidate.session().close());
                    throw e;
                }
            }
            return new FastestEngine(System::nanoTime)
                    .choose(candidates, description.input(), description.preprocessing());
        }

        /** The file in int8, if it answers well enough. */
        private static Optional<Path> usable(Path int8, OnnxDescription description) throws IOException {
            OnnxDescription found = ExportedFile.read(int8);
            double agreement = found.int8()
                    .orElseThrow(() -> new IOException(
                            "'" + int8 + "' is not in int8; write it with multilabel export --int8 --calibration DIR"));
            if (!found.inFloat32().equals(description)) {
                throw new IOException("'" + int8 + "' is not the same model in int8: export both from one saved model,"
                        + " with the same --input and --outputs");
            }
            if (agreement < LEAST_AGREEMENT) {
                LOG.warn(
                        "{} is not taken: a head gave only {} % of its answers in float32 when it was exported",
                        int8, Math.floor(agreement * 1000) / 10);
                return Optional.empty();
            }
            return Optional.of(int8);
        }
    }
}
