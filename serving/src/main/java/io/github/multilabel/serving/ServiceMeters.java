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
import java.util.Map;
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

    /** Those that were counted so far: a registry looks longer, and does so for each head of each image. */
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();

    private final Map<Series, DistributionSummary> summaries = new ConcurrentHashMap<>();

    private final Timer decoding;
    private final Timer computing;
    private final DistributionSummary batch;

    /** What is counted apart. */
    private record Series(String name, Tags tags) {}

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

    private Counter counter(String name, String description, Tags tags) {
        return counters.computeIfAbsent(new Series(name, tags), series -> Counter.builder(name)
                .description(description)
                .tags(model.and(tags))
                .register(registry));
    }

    private DistributionSummary summary(String name, String description, Tags tags, double[] bounds) {
        return summaries.computeIfAbsent(new Series(name, tags), series -> DistributionSummary.builder(name)
                .description(description)
                .tags(model.and(tags))
                .serviceLevelObjectives(bounds)
                .register(registry));
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
        counter(
                        "multilabel.reloads",
                        "Loads of a model that changed",
                        Tags.of("outcome", isLoaded ? "loaded" : "failed"))
                .increment();
    }

    /** Counts an answer. */
    void onAnswer(PredictionResult result) {
        boolean isPredicted = result.when(this::count, failure -> false);
        counter(
                        "multilabel.images",
                        "Images that were answered",
                        Tags.of("outcome", isPredicted ? "predicted" : "unreadable"))
                .increment();
    }

    private boolean count(Prediction prediction) {
        prediction.heads().forEach(this::count);
        prediction.distance().ifPresent(distance -> {
            counter("multilabel.unusual", "Images unlike those that the model has learned from", Tags.empty())
                    .increment(distance.isUnusual() ? 1 : 0);
            summary(
                            "multilabel.distance",
                            "Distance of images to usual ones, which are around 1",
                            Tags.empty(),
                            DISTANCES)
                    .record(distance.value());
        });
        return true;
    }

    private void count(HeadPrediction head) {
        List<String> categories = head.predicted().stream()
                .map(each -> head.head().size() <= MOST_CATEGORIES ? each.category() : "")
                .toList();
        if (head.unknown()) {
            counter("multilabel.unknown", "Answers of each head that are unknown", Tags.of("head", head.name()))
                    .increment();
        }
        for (String category : categories) {
            counter(
                            "multilabel.predictions",
                            "Answers of each head",
                            Tags.of("head", head.name(), "category", category))
                    .increment();
        }
        switch (head.head().kind()) {
            case SINGLE_LABEL ->
                summary(
                                "multilabel.confidence",
                                "Probability of the most probable category",
                                Tags.of("head", head.name()),
                                CONFIDENCES)
                        .record(head.best().probability());
            case MULTI_LABEL -> {} // each tag has a probability of its own
        }
    }
}
