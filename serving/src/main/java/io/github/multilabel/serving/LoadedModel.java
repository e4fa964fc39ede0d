package io.github.multilabel.serving;

import ai.djl.MalformedModelException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.model.ModelPredictor;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.drift.AnswerDrift;
import io.github.multilabel.model.drift.HeadDrift;
import io.github.multilabel.model.explain.Explanation;
import io.github.multilabel.model.explain.GradCam;
import io.github.multilabel.model.explain.Target;
import io.github.multilabel.model.internal.calls.ImageLoading;
import io.github.multilabel.onnx.EnginePredictor;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One version of a model, with the images that wait for it. Replaced as a whole when the model changes. */
final class LoadedModel implements AutoCloseable {

    private final ModelInfo info;
    private final ModelPlace.Stamp stamp;
    private final ModelPredictor predictor;
    private final Optional<MultiLabelModel> model;
    private final ImageDecoder decoder;
    private final ImageLoading loading;
    private final BatchQueue queue;
    private final Optional<AnswerDrift> drift;
    private final Object explaining = new Object();
    private @Nullable GradCam cam;
    private boolean isClosed;

    private LoadedModel(
            ModelInfo info,
            ModelPlace.Stamp stamp,
            ModelPredictor predictor,
            Optional<MultiLabelModel> model,
            ImageDecoder decoder,
            ImageLoading loading,
            BatchQueue queue,
            Optional<AnswerDrift> drift) {
        this.info = info;
        this.stamp = stamp;
        this.predictor = predictor;
        this.model = model;
        this.decoder = decoder;
        this.loading = loading;
        this.queue = queue;
        this.drift = drift;
    }

    /**
     * Loads a model and lets it answer, with one image and with a full batch, so that the first request does not wait
     * for memory and kernels.
     *
     * @throws IOException if it cannot be loaded
     */
    static LoadedModel load(String name, ModelPlace place, ServiceSettings settings, ServiceMeters meters)
            throws IOException, MalformedModelException {
        ModelPlace.Stamp stamp = place.stamp();
        String version = place.version();
        ImageDecoder decoder = ImageDecoder.strict().withPixelLimit(settings.pixelLimit());
        Optional<MultiLabelModel> model =
                place.isFolder() ? Optional.of(MultiLabelModel.load(place.path())) : Optional.empty();
        try {
            EnginePredictor.Builder builder = model.map(EnginePredictor::builder)
                    .orElseGet(() -> EnginePredictor.builder(place.path()))
                    .optPrecision(settings.precision())
                    .optBatchSize(settings.limits().batchSize())
                    .optConcurrency(1) // the queue has one thread
                    .optDecoder(decoder)
                    .optListener(meters);
            settings.engine().ifPresent(builder::optEngine);
            EnginePredictor predictor = builder.build();
            ModelInfo info = new ModelInfo(
                    name,
                    version,
                    predictor.heads(),
                    predictor.preprocessing().size(),
                    predictor.toString(),
                    model.flatMap(MultiLabelModel::network).isPresent(),
                    Instant.now());
            return ready(info, stamp, predictor, model, decoder, settings, meters);
        } catch (IOException | RuntimeException | Error e) {
            model.ifPresent(MultiLabelModel::close);
            throw e;
        }
    }

    private static LoadedModel ready(
            ModelInfo info,
            ModelPlace.Stamp stamp,
            ModelPredictor predictor,
            Optional<MultiLabelModel> model,
            ImageDecoder decoder,
            ServiceSettings settings,
            ServiceMeters meters) {
        try {
            WarmUp.of(info.inputSize(), settings.limits().batchSize()).run(predictor);
        } catch (RuntimeException | Error e) {
            predictor.close();
            throw e;
        }
        Optional<AnswerDrift> drift = predictor.answerReference().map(AnswerDrift::of);
        ImageLoading loading = new ImageLoading(
                decoder, predictor.preprocessing(), Runtime.getRuntime().availableProcessors(), meters);
        BatchQueue queue =
                new BatchQueue(info.name(), settings.limits(), new ImageWork(predictor, loading, meters, drift));
        return new LoadedModel(info, stamp, predictor, model, decoder, loading, queue, drift);
    }

    ModelInfo info() {
        return info;
    }

    /** What its files were when it was loaded. */
    ModelPlace.Stamp stamp() {
        return stamp;
    }

    /** How far the answers are from those on validation images; none where the model does not tell. */
    List<HeadDrift> drift() {
        return drift.map(AnswerDrift::heads).orElse(List.of());
    }

    int waiting() {
        return queue.size();
    }

    /**
     * Predicts images in order.
     *
     * @throws BusyException if there is no room in the queue
     * @throws IllegalStateException if this version was replaced
     */
    Accepted predict(List<ImageSource> images) {
        return new Accepted(info, queue.add(images));
    }

    /**
     * Explains an image; callers take turns.
     *
     * @return the photo with the map over it; empty where the head predicts nothing
     * @throws IOException if the image cannot be read
     * @throws IllegalArgumentException if there is no such head or category
     * @throws UnsupportedOperationException if it cannot be explained
     * @throws IllegalStateException if this version was replaced
     */
    Optional<HeatPicture> explain(ImageSource image, Target target) throws IOException {
        if (!info.isExplainable()) {
            throw new UnsupportedOperationException("the model '" + info.name() + "' cannot show where it looks: "
                    + (model.isEmpty()
                            ? "it is an exported file; serve the folder that the training saved"
                            : "the layers of its backbone are not known"));
        }
        synchronized (explaining) { // before decoding: a large photo takes more memory than the map
            if (isClosed) {
                throw new IllegalStateException("this version of the model was replaced");
            }
            if (cam == null) {
                cam = GradCam.of(model.orElseThrow());
            }
            Pixels photo = decoder.decode(image);
            Explanation explanation = cam.explain(photo, List.of(target));
            return explanation.of(target.head()).stream().findFirst().map(map -> HeatPicture.of(map, photo));
        }
    }

    /** Answers what waits, then frees the model. */
    @Override
    public void close() {
        queue.close();
        loading.close();
        predictor.close();
        synchronized (explaining) {
            isClosed = true;
            if (cam != null) {
                cam.close();
            }
        }
        model.ifPresent(MultiLabelModel::close);
    }
}
