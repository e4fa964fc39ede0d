package io.github.multilabel.spark.internal.prediction;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.DecodingPool;
import io.github.multilabel.model.ImageEmbedder;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.embedding.EmbeddingResult;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.onnx.EnginePredictor;
import io.github.multilabel.spark.internal.ExecutorCores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A model that an executor has loaded, with the threads that compute. Any number of tasks may use it. */
final class ExecutorModel implements AutoCloseable {

    /** One of a task computes while the images of the next are decoded. */
    static final int BATCHES_OF_TASK = 2;

    private final Optional<MultiLabelModel> model;
    private final EnginePredictor predictor;
    private final Optional<ImageEmbedder> embedder;
    private final DecodingPool batches;

    private ExecutorModel(
            Optional<MultiLabelModel> model,
            EnginePredictor predictor,
            Optional<ImageEmbedder> embedder,
            ExecutorCores cores) {
        this.model = model;
        this.predictor = predictor;
        this.embedder = embedder;
        batches = new DecodingPool("multilabel-spark", cores.tasks() * BATCHES_OF_TASK);
    }

    /**
     * Loads a model.
     *
     * @param place the folder of a saved model, or an exported file; not needed afterwards
     * @param gpu the number of the GPU that computes a saved model, if Spark gave one
     * @throws IOException if it cannot be read
     */
    static ExecutorModel load(Path place, PredictionSettings settings, ExecutorCores cores, Optional<Integer> gpu)
            throws IOException {
        cores.limitNativeThreads();
        if (EnginePredictor.isFile(place)) {
            EnginePredictor predictor =
                    predictor(EnginePredictor.builder(place), settings, cores).build();
            return new ExecutorModel(Optional.empty(), predictor, Optional.empty(), cores);
        }
        MultiLabelModel model = load(place, gpu);
        try {
            EnginePredictor predictor =
                    predictor(EnginePredictor.builder(model), settings, cores).build();
            try {
                Optional<ImageEmbedder> embedder =
                        settings.embeds() ? Optional.of(embedder(model, settings, cores)) : Optional.empty();
                return new ExecutorModel(Optional.of(model), predictor, embedder, cores);
            } catch (RuntimeException e) {
                predictor.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static MultiLabelModel load(Path folder, Optional<Integer> gpu) throws IOException {
        try {
            return gpu.isPresent() ? MultiLabelModel.load(folder, Device.gpu(gpu.get())) : MultiLabelModel.load(folder);
        } catch (MalformedModelException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static EnginePredictor.Builder predictor(
            EnginePredictor.Builder builder, PredictionSettings settings, ExecutorCores cores) {
        String engine = settings.engine();
        if (engine != null) {
            builder.optEngine(engine);
        }
        return builder.optPrecision(settings.precision())
                .optBatchSize(settings.batchSize())
                .optConcurrency(cores.tasks())
                .optThreads(cores.all())
                .optNativeThreads(cores.ofTask())
                .optDecoder(decoder(settings));
    }

    private static ImageEmbedder embedder(MultiLabelModel model, PredictionSettings settings, ExecutorCores cores) {
        return ImageEmbedder.builder(model)
                .optPrecision(settings.precision())
                .optBatchSize(settings.batchSize())
                .optThreads(cores.all())
                .optDecoder(decoder(settings))
                .build();
    }

    private static ImageDecoder decoder(PredictionSettings settings) {
        return ImageDecoder.strict().withPixelLimit(settings.pixelLimit());
    }

    /** Starts to compute something of a batch. */
    <T> CompletableFuture<T> start(Supplier<T> batch) {
        return batches.start(batch);
    }

    /** One result per image, in order. */
    List<PredictionResult> predict(List<ImageSource> images) {
        return predictor.predictAll(images);
    }

    /** One embedding per image, in order; none if they were not asked for. */
    Optional<List<EmbeddingResult>> embed(List<ImageSource> images) {
        return embedder.map(each -> each.embedAll(images));
    }

    /** Waits for running batches, then frees the native memory. */
    @Override
    public void close() {
        batches.abandon();
        embedder.ifPresent(ImageEmbedder::close);
        predictor.close();
        model.ifPresent(MultiLabelModel::close);
    }
}
