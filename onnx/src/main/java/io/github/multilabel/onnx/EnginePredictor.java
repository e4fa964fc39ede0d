package io.github.multilabel.onnx;

import ai.djl.MalformedModelException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.ModelAnswers;
import io.github.multilabel.model.ModelPredictor;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.SavedModel;
import io.github.multilabel.model.drift.AnswerReference;
import io.github.multilabel.model.internal.calls.PixelProgram;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionListener;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.onnx.engine.OnnxEngine;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Predicts with a saved model or an exported file on whatever engine is asked for, or on the one that a measurement
 * finds fastest on this machine.
 *
 * <pre>{@code
 * try (EnginePredictor predictor = EnginePredictor.builder(Path.of("runs/cars/model")).optEngine("auto").build()) {
 *     System.out.println(predictor.engine() + " of " + predictor.measured());
 *     Prediction car = predictor.predict(Path.of("car.jpg"));
 * }
 * }</pre>
 *
 * <p>The engines are {@code pytorch}, which computes models, and those of exported files on the class path, such as
 * {@code onnxruntime} and {@code openvino}. For these a model is exported into a temporary file, which takes some
 * seconds; it is deleted before the predictor is there.
 *
 * <p>Any number of threads may use it. Close it: it holds native memory.
 */
public final class EnginePredictor implements ModelPredictor {

    /** The engine of models, as in options. */
    private static final String PYTORCH = "pytorch";
    /** The engine of files, if none is named. */
    private static final String OF_FILES = "onnxruntime";

    private static final Logger LOG = LoggerFactory.getLogger(EnginePredictor.class);

    private final ModelPredictor predictor;
    private final boolean isInt8;
    private final List<EngineSpeed> measured;
    /** That was loaded for it. */
    private final Optional<MultiLabelModel> model;

    private EnginePredictor(
            ModelPredictor predictor, boolean isInt8, List<EngineSpeed> measured, Optional<MultiLabelModel> model) {
        this.predictor = predictor;
        this.isInt8 = isInt8;
        this.measured = measured;
        this.model = model;
    }

    private static EnginePredictor of(OnnxPredictor predictor) {
        return new EnginePredictor(predictor, predictor.isInt8(), predictor.measured(), Optional.empty());
    }

    private static EnginePredictor of(MultiLabelPredictor predictor, List<EngineSpeed> measured) {
        return new EnginePredictor(predictor, false, measured, Optional.empty());
    }

    private EnginePredictor closing(MultiLabelModel loaded) {
        return new EnginePredictor(predictor, isInt8, measured, Optional.of(loaded));
    }

    /**
     * Starts with the folder of a saved model or an exported file.
     *
     * @param model a folder that was saved, or a file that {@code multilabel export} wrote
     */
    public static Builder builder(Path model) {
        Path place = Given.require(model, "model", "the folder of a saved model, or an exported file");
        return new Builder(Optional.empty(), place);
    }

    /**
     * Starts with a model.
     *
     * @param model neither changed nor closed; as long as it is computed by PyTorch, it has to stay open if its
     *     backbone is a DJL block or TorchScript
     */
    public static Builder builder(MultiLabelModel model) {
        return new Builder(
                Optional.of(Given.require(model, "model", "e.g. MultiLabelModel.load(folder)")), Path.of(""));
    }

    /** Whether a place is an exported file rather than the folder of a saved model, even if nothing is there. */
    public static boolean isFile(Path place) {
        return Files.isRegularFile(place) || place.toString().endsWith(".onnx") && !Files.isDirectory(place);
    }

    /**
     * Reads which heads a model has and how they answer, and whether it is as it was saved. Takes no longer than
     * reading its files, and no native library.
     *
     * @param model the folder of a saved model, or an exported file
     * @throws IOException if it cannot be read, is damaged, or is neither
     */
    public static ModelAnswers answers(Path model) throws IOException {
        Given.require(model, "model", "the folder of a saved model, or an exported file");
        if (isFile(model)) {
            return ExportedFile.read(model).answers();
        }
        try {
            SavedModel saved = SavedModel.read(model);
            if (!saved.isWhole().orElse(true)) {
                throw new IOException("the weights of '" + model + "' are not those that were saved; copy the folder"
                        + " again, or save the model again");
            }
            return ModelAnswers.read(model);
        } catch (MalformedModelException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The names that {@link Builder#optEngine} takes: of the engines on the class path, and {@code auto}. */
    public static List<String> engines() {
        return Stream.of(
                        Stream.of(PYTORCH, OnnxPredictor.AUTO),
                        Engines.onClassPath().all().stream().map(OnnxEngine::name))
                .flatMap(names -> names)
                .toList();
    }

    /** Returns whether it computes in int8. */
    public boolean isInt8() {
        return isInt8;
    }

    /** Returns how fast each engine was when they were measured; none if one was named. */
    public List<EngineSpeed> measured() {
        return measured;
    }

    @Override
    public ModelAnswers answers() {
        return predictor.answers();
    }

    @Override
    public Optional<AnswerReference> answerReference() {
        return predictor.answerReference();
    }

    @Override
    public Preprocessing preprocessing() {
        return predictor.preprocessing();
    }

    @Override
    public String engine() {
        return predictor.engine();
    }

    @Override
    public float[][] logits(List<Pixels> images) {
        return predictor.logits(images);
    }

    @Override
    public List<Prediction> predictReady(List<String> names, List<Pixels> images) {
        return predictor.predictReady(names, images);
    }

    @Override
    public void warmUp() {
        predictor.warmUp();
    }

    @Override
    public Prediction predict(ImageSource image) throws IOException {
        return predictor.predict(image);
    }

    @Override
    public Prediction predict(BufferedImage image) {
        return predictor.predict(image);
    }

    @Override
    public List<PredictionResult> predictAll(List<ImageSource> images) {
        return predictor.predictAll(images);
    }

    /** The engine in words, such as {@code onnxruntime in int8}. */
    @Override
    public String toString() {
        return EngineSpeed.name(engine(), isInt8);
    }

    /** Waits for running calls, then frees the native memory. Calls that wait for their turn fail. */
    @Override
    public void close() {
        predictor.close();
        model.ifPresent(MultiLabelModel::close);
    }

    /** Builds a predictor. Every setting has a default. */
    public static final class Builder {

        private final Optional<MultiLabelModel> model;
        private final Path place;
        private Optional<String> engine = Optional.empty();
        private Optional<Path> int8 = Optional.empty();
        private Precision precision = Precision.FLOAT32;
        private int batchSize = 16;
        private int concurrency = Runtime.getRuntime().availableProcessors();
        private int threads = Runtime.getRuntime().availableProcessors();
        private int nativeThreads = Runtime.getRuntime().availableProcessors();
        private ImageDecoder decoder = ImageDecoder.strict();
        private PredictionListener listener = PredictionListener.none();

        private Builder(Optional<MultiLabelModel> model, Path place) {
            this.model = model;
            this.place = place;
        }

        /**
         * Sets who computes: {@code pytorch}, by default of a model, unless a file in int8 is named too; the name of an
         * engine of files on the class path, such as {@code onnxruntime}, by default of a file; or {@code auto}: then
         * all that can compute it predict one random image in turn, PyTorch too if it is a model, and the fastest of
         * those that agree is taken; the log and {@link #measured} say what was measured.
         */
        public Builder optEngine(String engine) {
            this.engine = Optional.of(Given.require(engine, "engine", "pytorch, onnxruntime, openvino or auto")
                    .toLowerCase(Locale.ROOT));
            return this;
        }

        /**
         * Names the same model in int8, as {@code multilabel export --int8} writes it. It is measured too, see
         * {@link OnnxPredictor.Builder#optInt8}. Beside a model it must give logits, the default of an export.
         */
        public Builder optInt8(Path int8) {
            this.int8 = Optional.of(Given.require(int8, "int8", "what multilabel export --int8 wrote"));
            return this;
        }

        /**
         * Sets the data type of convolutions; {@code FLOAT32} by default. A named engine refuses what it cannot do; of
         * {@code auto} such an engine is not measured. {@code AUTO} leaves the choice to each engine.
         */
        public Builder optPrecision(Precision precision) {
            this.precision = Given.require(precision, "precision", "e.g. Precision.FLOAT32");
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
         * Sets how many threads of the engine compute, 1 to 1024; the number of processors by default. Those of PyTorch
         * are a setting of the process, see {@link MultiLabelPredictor.Builder#optConcurrency}.
         */
        public Builder optNativeThreads(int nativeThreads) {
            this.nativeThreads = nativeThreads;
            return this;
        }

        /** Sets how images are decoded; {@link ImageDecoder#strict()} by default. */
        public Builder optDecoder(ImageDecoder decoder) {
            this.decoder = Given.require(decoder, "decoder", "e.g. ImageDecoder.strict()");
            return this;
        }

        /** Sets who is told how long images and batches take, for metrics; nobody by default. */
        public Builder optListener(PredictionListener listener) {
            this.listener = Given.require(listener, "listener", "or leave it out");
            return this;
        }

        /**
         * Loads what is to be loaded.
         *
         * @return to be closed by the caller
         * @throws IllegalArgumentException if a setting is outside its range, an engine is not on the class path or
         *     cannot compute the model
         * @throws IllegalStateException if the engine's native library is missing or cannot be loaded, the message says
         *     what to do; or the model is closed
         * @throws IOException if something cannot be read or is damaged, or the file for int8 is not in int8 or of
         *     another model
         */
        public EnginePredictor build() throws IOException {
            if (model.isPresent()) {
                return of(model.get());
            }
            return isFile(place) ? ofFile() : ofFolder();
        }

        private EnginePredictor ofFile() throws IOException {
            String name = engine.orElse(OF_FILES);
            if (name.equals(PYTORCH)) {
                throw new IllegalArgumentException("PyTorch computes the folder of a saved model, and '" + place
                        + "' is an exported file: name onnxruntime, openvino or auto, or the folder");
            }
            return EnginePredictor.of(builder(place, name).build());
        }

        private EnginePredictor ofFolder() throws IOException {
            MultiLabelModel loaded;
            try {
                loaded = MultiLabelModel.load(place);
            } catch (MalformedModelException e) {
                throw new IOException(e.getMessage(), e);
            }
            try {
                EnginePredictor built = of(loaded);
                if (built.engine().equals(PYTORCH)) { // which may compute with the model's own weights
                    return built.closing(loaded);
                }
                loaded.close();
                return built;
            } catch (IOException | RuntimeException e) {
                loaded.close();
                throw e;
            }
        }

        private EnginePredictor of(MultiLabelModel model) throws IOException {
            String name = engine.orElse(int8.isPresent() ? OnnxPredictor.AUTO : PYTORCH);
            return switch (name) {
                case PYTORCH -> inFloat(model);
                case OnnxPredictor.AUTO -> fastest(model);
                default -> exported(model, name);
            };
        }

        private EnginePredictor inFloat(MultiLabelModel model) {
            if (int8.isPresent()) {
                throw new IllegalArgumentException(
                        "PyTorch does not compute in int8: name auto, onnxruntime or openvino");
            }
            return EnginePredictor.of(torch(model), List.of());
        }

        private EnginePredictor exported(MultiLabelModel model, String name) throws IOException {
            var unused = Engines.onClassPath().named(name); // before the work
            try (TemporaryExport export = TemporaryExport.of(model, input())) {
                return EnginePredictor.of(builder(export.file(), name).build());
            }
        }

        private EnginePredictor fastest(MultiLabelModel model) throws IOException {
            MultiLabelPredictor torch = torch(model);
            try {
                FastestEngine.Candidate ofTorch =
                        new FastestEngine.Candidate(torch.engine(), false, new TorchProgram(torch));
                Optional<ExportedCandidates> files = candidates(model);
                List<FastestEngine.Candidate> all = new ArrayList<>(List.of(ofTorch));
                files.ifPresent(each -> all.addAll(each.candidates));
                FastestEngine.Choice choice = new FastestEngine(System::nanoTime)
                        .choose(all, model.preprocessing().size());
                return files.filter(each -> choice.taken() != ofTorch)
                        .map(each -> EnginePredictor.of(each.builder.of(each.description, choice)))
                        .orElseGet(() -> EnginePredictor.of(torch, choice.measured()));
            } catch (IOException | RuntimeException e) {
                torch.close();
                throw e;
            }
        }

        /** Empty if the model cannot be exported or no engine can compute the file, and no file in int8 asks for it. */
        private Optional<ExportedCandidates> candidates(MultiLabelModel model) throws IOException {
            try (TemporaryExport export = TemporaryExport.of(model, input())) {
                OnnxPredictor.Builder builder = builder(export.file(), OnnxPredictor.AUTO);
                OnnxDescription description = ExportedFile.read(export.file());
                return Optional.of(new ExportedCandidates(builder, description, builder.candidates(description)));
            } catch (IOException | IllegalArgumentException | IllegalStateException e) {
                if (int8.isPresent()) {
                    throw e;
                }
                LOG.info("not measured: engines of exported files: {}", e.getMessage());
                return Optional.empty();
            }
        }

        /** What the export is given: the same as the file in int8. */
        private OnnxInput input() throws IOException {
            if (int8.isEmpty()) {
                return OnnxInput.UINT8;
            }
            OnnxDescription description = ExportedFile.read(int8.get());
            return switch (description.output()) {
                case LOGITS -> description.input();
                case PROBABILITIES ->
                    throw new IOException("'" + int8.get() + "' gives probabilities, and beside a model it has to give"
                            + " logits: export it without --outputs probabilities");
            };
        }

        private OnnxPredictor.Builder builder(Path file, String engine) {
            OnnxPredictor.Builder builder = OnnxPredictor.builder(file)
                    .optEngine(engine)
                    .optPrecision(precision)
                    .optBatchSize(batchSize)
                    .optConcurrency(concurrency)
                    .optThreads(threads)
                    .optNativeThreads(nativeThreads)
                    .optDecoder(decoder)
                    .optListener(listener);
            int8.ifPresent(builder::optInt8);
            return builder;
        }

        private MultiLabelPredictor torch(MultiLabelModel model) {
            return MultiLabelPredictor.builder(model)
                    .optPrecision(precision)
                    .optBatchSize(batchSize)
                    .optConcurrency(concurrency)
                    .optThreads(threads)
                    .optDecoder(decoder)
                    .optListener(listener)
                    .build();
        }
    }

    /** The engines of files that have prepared the export of a model, and what makes a predictor of one. */
    private record ExportedCandidates(
            OnnxPredictor.Builder builder, OnnxDescription description, List<FastestEngine.Candidate> candidates) {}

    /** PyTorch takes part in a measurement. */
    private record TorchProgram(MultiLabelPredictor predictor) implements PixelProgram {
        @Override
        public float[][] run(List<Pixels> pixels) {
            return predictor.logits(pixels);
        }

        @Override
        public void close() {
            predictor.close();
        }
    }
}
