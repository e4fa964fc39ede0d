package io.github.multilabel.onnx;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.LeakDetector;
import io.github.multilabel.model.ModelAnswers;
import io.github.multilabel.model.ModelPredictor;
import io.github.multilabel.model.drift.AnswerReference;
import io.github.multilabel.model.internal.calls.HeadAnswers;
import io.github.multilabel.model.internal.calls.ImageCalls;
import io.github.multilabel.model.internal.calls.ImageLoading;
import io.github.multilabel.model.internal.calls.PreparedModel;
import io.github.multilabel.model.internal.description.Answering;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionListener;
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
import java.util.stream.IntStream;
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
public final class OnnxPredictor implements ModelPredictor {

    private static final int MOST_THREADS = 1024;
    /** In place of the name of an engine: the fastest. */
    static final String AUTO = "auto";

    /** Of the answers of each head, for a file in int8 to be taken. */
    private static final double LEAST_AGREEMENT = 0.9;

    private static final Logger LOG = LoggerFactory.getLogger(OnnxPredictor.class);

    private final OnnxDescription description;
    private final FastestEngine.Choice choice;
    private final ModelAnswers answers;
    private final PreparedModel<Prediction> prepared;
    private final ImageCalls<Prediction> calls;
    private final LeakDetector leakDetector;

    private OnnxPredictor(Builder builder, OnnxDescription description, FastestEngine.Choice choice) {
        this.description = description;
        this.choice = choice;
        Answering answering = description.answering();
        answers = description.answers();
        Preprocessing preprocessing = description.preprocessing();
        prepared = new PreparedModel<>(
                "this predictor is closed; create another with OnnxPredictor.load(file)",
                choice.taken().program(),
                new HeadAnswers(
                        description.heads(),
                        answering.thresholds(),
                        answering.sure(),
                        answering.combinations(),
                        answering.unusual(),
                        description.output()::answer),
                builder.listener);
        ImageLoading loading = new ImageLoading(builder.decoder, preprocessing, builder.threads, builder.listener);
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

    @Override
    public Preprocessing preprocessing() {
        return description.preprocessing();
    }

    @Override
    public ModelAnswers answers() {
        return answers;
    }

    @Override
    public Optional<AnswerReference> answerReference() {
        return description.answering().reference();
    }

    @Override
    public String engine() {
        return choice.taken().engine();
    }

    /** Returns whether it computes in int8. */
    public boolean isInt8() {
        return choice.taken().isInt8();
    }

    /** What was measured; none if there was no choice. */
    List<EngineSpeed> measured() {
        return choice.measured();
    }

    /** Of a file that gives probabilities, these are their logarithms or, of tags, their log odds. */
    @Override
    public float[][] logits(List<Pixels> images) {
        try {
            float[][] given = calls.arrays(Given.require(images, "images", "at least one"));
            return IntStream.range(0, description.heads().size()) // behind them the distance may stand
                    .mapToObj(
                            h -> description.output().logits(description.heads().get(h), given[h]))
                    .toArray(float[][]::new);
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
        private PredictionListener listener = PredictionListener.none();

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
         * measurement on this machine finds it faster, provided that each head gave at least 90 % of its answers in
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

        /** Sets who is told how long images and batches take, for metrics; nobody by default. */
        public Builder optListener(PredictionListener listener) {
            this.listener = listener;
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
                    .requireGiven("optListener", listener, "or leave it out")
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
            return of(description, choose(description));
        }

        /** A predictor by what was chosen of {@link #candidates}. */
        OnnxPredictor of(OnnxDescription description, FastestEngine.Choice choice) {
            return new OnnxPredictor(this, description, choice);
        }

        private FastestEngine.Choice choose(OnnxDescription description) throws IOException {
            if (!engine.equals(AUTO) && int8.isEmpty()) {
                return FastestEngine.Choice.only(
                        Engines.open(Engines.onClassPath().named(engine), file, description, settings()));
            }
            List<FastestEngine.Candidate> candidates = candidates(description);
            return candidates.size() == 1 && !engine.equals(AUTO)
                    ? FastestEngine.Choice.only(candidates.get(0))
                    : new FastestEngine(System::nanoTime)
                            .choose(candidates, description.preprocessing().size());
        }

        private OnnxEngine.Settings settings() {
            return new OnnxEngine.Settings(nativeThreads, precision);
        }

        /**
         * The file and the one in int8, prepared by each engine that can be used here.
         *
         * @return at least one, the first of them of the file itself; each to be closed by the caller
         */
        List<FastestEngine.Candidate> candidates(OnnxDescription description) throws IOException {
            Engines all = Engines.onClassPath();
            Engines engines = engine.equals(AUTO) ? all : new Engines(List.of(all.named(engine)));
            List<FastestEngine.Candidate> candidates = new ArrayList<>();
            try {
                candidates.addAll(engines.open(file, description, settings()));
                if (int8.isPresent()) {
                    OnnxDescription inInt8 = ExportedFile.read(int8.get());
                    if (isUsable(int8.get(), inInt8, description)) {
                        candidates.addAll(engines.open(int8.get(), inInt8, settings()));
                    }
                }
                return candidates;
            } catch (IOException | RuntimeException e) {
                FastestEngine.Candidate.closeAll(candidates);
                throw e;
            }
        }

        /** Whether the file in int8 answers well enough. */
        private static boolean isUsable(Path int8, OnnxDescription found, OnnxDescription description)
                throws IOException {
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
                return false;
            }
            return true;
        }
    }
}
