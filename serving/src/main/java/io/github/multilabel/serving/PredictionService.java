package io.github.multilabel.serving;

import ai.djl.MalformedModelException;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.core.torch.Precision;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models that answer many callers: images that come at the same time share batches, a bounded number waits, a model
 * whose files change is replaced, and meters tell what happens. It has no server: {@code serving.http} puts one before
 * it, and an application may call it from its own.
 *
 * <pre>{@code
 * try (PredictionService service = PredictionService.builder()
 *         .addModel("cars", Path.of("runs/cars/model"))
 *         .build()) {
 *     Accepted images = service.model("cars").predict(List.of(ImageSource.of("upload", bytes)));
 *     PredictionResult car = images.answers().get(0).join();
 * }
 * }</pre>
 *
 * <p>Any number of threads may use it. Close it: what waits is answered first.
 */
public final class PredictionService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PredictionService.class);

    private final Map<String, ServedModel> models;
    private final MeterRegistry meters;
    private final ScheduledExecutorService reloading = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "multilabel-serving-reload");
        thread.setDaemon(true);
        return thread;
    });

    private PredictionService(
            Map<String, ServedModel> models, MeterRegistry meters, Optional<Duration> reloadInterval) {
        this.models = models;
        this.meters = meters;
        reloadInterval.ifPresent(interval -> {
            var unused = reloading.scheduleWithFixedDelay(
                    this::refresh, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        });
    }

    /** Returns a builder, to which at least one model is added. */
    public static Builder builder() {
        return new Builder();
    }

    /** The models, in the order in which they were added. */
    public List<ServedModel> models() {
        return List.copyOf(models.values());
    }

    /**
     * Returns a model.
     *
     * @param name under which it was added
     * @throws IllegalArgumentException if there is none of that name; the message names similar ones
     */
    public ServedModel model(String name) {
        ServedModel found = models.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "no model '" + name + "'; " + NearMatches.thereAre(name, List.copyOf(models.keySet())));
        }
        return found;
    }

    /** Returns where it counts. */
    public MeterRegistry meters() {
        return meters;
    }

    /** Looks now whether a model changed, and replaces it. */
    public synchronized void refresh() {
        for (ServedModel model : models.values()) {
            model.refresh(info -> LOG.info("the model '{}' is now version {}", info.name(), info.version()));
        }
    }

    /** Answers what waits, then frees the models. Later calls fail. */
    @Override
    public void close() {
        reloading.shutdownNow();
        synchronized (this) { // a model that is just being replaced
            models.values().forEach(ServedModel::close);
        }
    }

    /** Builds a service. All but the models has a default. */
    public static final class Builder {

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
        private static final int MOST_WAITING = 100_000;
        private static final int LARGEST_BATCH = 1024;
        private static final long USUAL_PIXELS = 50_000_000;

        private final Map<String, Path> models = new LinkedHashMap<>();
        private Optional<String> engine = Optional.empty();
        private Precision precision = Precision.FLOAT32;
        private int batchSize = 16;
        private Duration longestWait = Duration.ofMillis(2);
        private int queueSize = 256;
        private long pixelLimit = USUAL_PIXELS;
        private Optional<Duration> reloadInterval = Optional.empty();
        private MeterRegistry meters = new SimpleMeterRegistry();

        private Builder() {}

        /**
         * Adds a model.
         *
         * @param name letters, digits, {@code .}, {@code _} and {@code -}, at most 64
         * @param place a folder that a training saved, or a file that was exported
         * @throws IllegalArgumentException if the name is taken or has other characters
         */
        public Builder addModel(String name, Path place) {
            Given.require(name, "name", "e.g. \"cars\"");
            Given.require(place, "place", "e.g. Path.of(\"runs/cars/model\")");
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("the name '" + name + "' of a model: letters, digits, '.', '_' and"
                        + " '-', at most 64, the first a letter or digit");
            }
            if (models.putIfAbsent(name, place) != null) {
                throw new IllegalArgumentException("two models are named '" + name + "'");
            }
            return this;
        }

        /**
         * Sets who computes, see {@link io.github.multilabel.onnx.EnginePredictor.Builder#optEngine}: {@code pytorch}
         * by default of folders, {@code onnxruntime} of exported files; {@code auto} measures which is fastest.
         */
        public Builder optEngine(String engine) {
            this.engine = Optional.of(Given.require(engine, "engine", "pytorch, onnxruntime, openvino or auto"));
            return this;
        }

        /** Sets the data type of convolutions; {@code FLOAT32} by default. */
        public Builder optPrecision(Precision precision) {
            this.precision = precision;
            return this;
        }

        /** Sets how many images are computed at once, 1 to 1024; 16 by default. 1 turns batches off. */
        public Builder optBatchSize(int batchSize) {
            this.batchSize = batchSize;
            return this;
        }

        /**
         * Sets how long an image waits for others where the model is free, 0 to 1000 ms; 2 ms by default. While the
         * model is busy, images gather anyway.
         */
        public Builder optLongestWait(Duration longestWait) {
            this.longestWait = longestWait;
            return this;
        }

        /** Sets how many images wait for each model, 1 to 100,000; 256 by default. More are refused. */
        public Builder optQueueSize(int queueSize) {
            this.queueSize = queueSize;
            return this;
        }

        /**
         * Sets the largest height times width of an image; 50,000,000 by default. As many as there are processors are
         * decoded at once, each with up to 6 bytes of heap per pixel.
         */
        public Builder optPixelLimit(long pixelLimit) {
            this.pixelLimit = pixelLimit;
            return this;
        }

        /** Sets how often to look whether the files of a model changed, at least 100 ms; never by default. */
        public Builder optReload(Duration interval) {
            this.reloadInterval = Optional.of(Given.require(interval, "interval", "e.g. Duration.ofSeconds(10)"));
            return this;
        }

        /** Sets where to count; a registry of its own by default. */
        public Builder optMeters(MeterRegistry meters) {
            this.meters = meters;
            return this;
        }

        /**
         * Loads all models and lets each answer once.
         *
         * @return to be closed by the caller
         * @throws IllegalArgumentException if a setting is outside its range; the message lists all such settings
         * @throws IllegalStateException if an engine cannot be used
         * @throws IOException if a model cannot be read
         * @throws MalformedModelException if one is damaged
         */
        public PredictionService build() throws IOException, MalformedModelException {
            Duration second = Duration.ofSeconds(1);
            new Problems("build PredictionService")
                    .require(!models.isEmpty(), "addModel", "none", "at least one model")
                    .requireGiven("optPrecision", precision, "one of " + Arrays.toString(Precision.values()))
                    .requireGiven("optMeters", meters, "e.g. new SimpleMeterRegistry()")
                    .require(
                            batchSize >= 1 && batchSize <= LARGEST_BATCH,
                            "optBatchSize",
                            batchSize,
                            "1 to " + LARGEST_BATCH)
                    .require(
                            longestWait != null && !longestWait.isNegative() && longestWait.compareTo(second) <= 0,
                            "optLongestWait",
                            longestWait == null ? "null" : longestWait.toMillis(),
                            "0 to 1000 milliseconds")
                    .require(
                            queueSize >= 1 && queueSize <= MOST_WAITING,
                            "optQueueSize",
                            queueSize,
                            "1 to " + MOST_WAITING)
                    .require(
                            reloadInterval.map(each -> each.toMillis() >= 100).orElse(true),
                            "optReload",
                            reloadInterval.map(Duration::toString).orElse("never"),
                            "at least 100 ms")
                    .throwIfAny();
            ServiceSettings settings = new ServiceSettings(
                    engine, precision, new BatchQueue.Limits(batchSize, longestWait, queueSize), pixelLimit);
            Map<String, ServedModel> loaded = new LinkedHashMap<>();
            try {
                for (Map.Entry<String, Path> each : models.entrySet()) {
                    loaded.put(each.getKey(), load(each.getKey(), each.getValue(), settings));
                }
            } catch (IOException | MalformedModelException | RuntimeException | Error e) {
                loaded.values().forEach(ServedModel::close);
                throw e;
            }
            return new PredictionService(loaded, meters, reloadInterval);
        }

        private ServedModel load(String name, Path place, ServiceSettings settings)
                throws IOException, MalformedModelException {
            if (!Files.exists(place)) {
                throw new IOException(
                        "there is no model at '" + place + "': name a folder that a training saved, such as"
                                + " runs/cars/model, or a file that was exported, such as cars.onnx");
            }
            for (String file : ModelPlace.FILES) {
                if (Files.isDirectory(place) && !Files.exists(place.resolve(file))) {
                    throw new IOException("'" + place + "' is not the folder of a saved model: it has no " + file
                            + "; name one that a training saved, such as runs/cars/model");
                }
                if (place.endsWith(file)) {
                    throw new IOException("'" + place + "' is a file of a saved model; name its folder, such as"
                            + " runs/cars/model");
                }
            }
            return ServedModel.load(name, new ModelPlace(place), settings, new ServiceMeters(meters, name));
        }
    }
}
