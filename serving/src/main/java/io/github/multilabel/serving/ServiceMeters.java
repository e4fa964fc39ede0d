package io.github.multilabel.serving;

import io.github.multilabel.model.drift.HeadDrift;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionListener;
import io.github.multilabel.model.prediction.PredictionResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What a model does, as meters. Their names are a promise to those who draw them: docs/serving.md has them. */
final class ServiceMeters implements PredictionListener {

    /** For a head with more categories, those that are not named in a series would be too many. */
    private static final int MOST_CATEGORIES = 1000;

    private static final Duration FASTEST = Duration.ofMillis(1);
    private static final Duration SLOWEST = Duration.ofSeconds(10);
    private static final double[] BATCH_SIZES = {1, 2, 4, 8, 16, 32, 64, 128};
    private static final double[] CONFIDENCES = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};

    private static final double[] DISTANCES = {0.8, 0.9, 1, 1.1, 1.2, 1.4, 1.7, 2, 3};

    private final MeterRegistry registry;
    private final Tags model;
    /** Heads whose drift can be read. */
    private final Set<String> watched = ConcurrentHashMap.newKeySet();

    private final Timer decoding;
    private final Timer computing;
    private final DistributionSummary batch;

    /** @param model the name under which it is served */
    ServiceMeters(MeterRegistry registry, String model) {
        this.registry = registry;
        this.model = Tags.of("model", model);
        decoding = timer("multilabel.decode", "Reading, decoding and resizing an image");
        computing = timer("multilabel.compute", "Computing a batch");
        batch = DistributionSummary.builder("multilabel.batch.size")
                .description("Images of a batch")
                .tags(this.model)
                .serviceLevelObjectives(BATCH_SIZES)
                .register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .tags(model)
                .publishPercentileHistogram()
                .minimumExpectedValue(FASTEST)
                .maximumExpectedValue(SLOWEST)
                .register(registry);
    }

    /** Lets the length of the queue be read. */
    void watchQueue(Supplier<Number> length) {
        Gauge.builder("multilabel.queue.size", length)
                .description("Images that wait")
                .tags(model)
                .strongReference(true)
                .register(registry);
    }

    /** Lets the drift of a head be read; nothing happens if it is watched already. */
    void watchDrift(String head, Supplier<Optional<HeadDrift>> drift) {
        if (!watched.add(head)) {
            return;
        }
        watchDrift(
                head, "categories", () -> drift.get().map(HeadDrift::categories).orElse(Double.NaN));
        watchDrift(
                head, "confidence", () -> drift.get().map(HeadDrift::confidence).orElse(Double.NaN));
    }

    private void watchDrift(String head, String of, Supplier<Number> index) {
        Gauge.builder("multilabel.drift", index)
                .description("Population stability index of the last answers against those on validation images")
                .tags(model.and("head", head, "of", of))
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void onDecoded(Duration time) {
        decoding.record(time);
    }

    @Override
    public void onComputed(int images, Duration time) {
        computing.record(time);
        batch.record(images);
    }

    /** The model was loaded anew, or could not be. */
    void onReload(boolean isLoaded) {
        Counter.builder("multilabel.reloads")
                .description("Loads of a model that changed")
                .tags(model.and("outcome", isLoaded ? "loaded" : "failed"))
                .register(registry)
                .increment();
    }

    /** Counts an answer. */
    void onAnswer(PredictionResult result) {
        boolean isPredicted = result.when(this::count, failure -> false);
        Counter.builder("multilabel.images")
                .description("Images that were answered")
                .tags(model.and("outcome", isPredicted ? "predicted" : "unreadable"))
                .register(registry)
                .increment();
    }

    private boolean count(Prediction prediction) {
        prediction.heads().forEach(this::count);
        prediction.distance().ifPresent(distance -> {
            Counter.builder("multilabel.unusual")
                    .description("Images unlike those that the model has learned from")
                    .tags(model)
                    .register(registry)
                    .increment(distance.isUnusual() ? 1 : 0);
            DistributionSummary.builder("multilabel.distance")
                    .description("Distance of images to usual ones, which are around 1")
                    .tags(model)
                    .serviceLevelObjectives(DISTANCES)
                    .register(registry)
                    .record(distance.value());
        });
        return true;
    }

    private void count(HeadPrediction head) {
        List<String> categories = head.predicted().stream()
                .map(each -> head.head().size() <= MOST_CATEGORIES ? each.category() : "")
                .toList();
        if (head.unknown()) {
            Counter.builder("multilabel.unknown")
                    .description("Answers of each head that are unknown")
                    .tags(model.and("head", head.name()))
                    .register(registry)
                    .increment();
        }
        for (String category : categories) {
            Counter.builder("multilabel.predictions")
                    .description("Answers of each head")
                    .tags(model.and("head", head.name(), "category", category))
                    .register(registry)
                    .increment();
        }
        switch (head.head().kind()) {
            case SINGLE_LABEL ->
                DistributionSummary.builder("multilabel.confidence")
                        .description("Probability of the most probable category")
                        .tags(model.and("head", head.name()))
                        .serviceLevelObjectives(CONFIDENCES)
                        .register(registry)
                        .record(head.best().probability());
            case MULTI_LABEL -> {} // each tag has a probability of its own
        }
    }
}
