package io.github.multilabel.training.internal.loop;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.evaluation.predictions.LabelFingerprint;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.scoring.Bootstrap;
import io.github.multilabel.evaluation.scoring.Interval;
import io.github.multilabel.evaluation.scoring.PredictionMetrics;
import io.github.multilabel.model.card.ModelCard;
import io.github.multilabel.training.event.TrainingResult;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Fills in the card of a trained model what the training knows. */
public final class TrainingCard {

    /** Of a category with fewer training images little is learned. */
    private static final int FEW = 10;

    private final TrainingSettings settings;
    private final HeadSet heads;
    private final MultiLabelDataset training;
    private final Optional<MultiLabelDataset> validation;

    /** Prepares a card. */
    public TrainingCard(TrainingSettings settings, MultiLabelDataset training, Optional<MultiLabelDataset> validation) {
        this.settings = settings;
        this.heads = settings.model().mainHeads();
        this.training = training;
        this.validation = validation;
    }

    /**
     * The card.
     *
     * @param begun with what was known before
     * @param predictions of the validation images, as the model answers now; empty if they are not known
     */
    public ModelCard filled(ModelCard begun, TrainingResult result, Optional<Predictions> predictions) {
        List<ModelCard.Part> parts = new ArrayList<>(List.of(part("training", training)));
        validation.ifPresent(images -> parts.add(part("validation", images)));
        Map<String, ModelCard.Measured> metrics = predictions
                .map(this::measured)
                .or(() -> result.best().validation().map(this::measured))
                .orElse(Map.of());
        return new ModelCard(parts, metrics, begun.weights(), facts(result), limits(parts), begun.notes());
    }

    private ModelCard.Part part(String name, MultiLabelDataset data) {
        return new ModelCard.Part(
                name,
                data.size(),
                heads.stream().map(head -> labelled(head, data)).toList());
    }

    private static ModelCard.Labelled labelled(Head head, MultiLabelDataset data) {
        LabelCounts counts = LabelCounts.of(head, data);
        Map<String, Long> categories = new LinkedHashMap<>();
        IntStream.range(0, head.size()).forEach(k -> categories.put(head.category(k), counts.of(k)));
        return new ModelCard.Labelled(head.name(), counts.labelled(), categories);
    }

    /** Those that say most to people. */
    private List<Metric> metrics() {
        Map<String, Metric> all = Metric.all(heads);
        List<String> names = new ArrayList<>(List.of("mean_accuracy", "exact_match"));
        for (Head head : heads) {
            names.add(Metric.nameOf(head.name(), "accuracy"));
            names.add(Metric.nameOf(head.name(), "macro_f1"));
        }
        return names.stream().filter(all::containsKey).map(all::get).toList();
    }

    private Map<String, ModelCard.Measured> measured(Predictions predictions) {
        Map<String, ModelCard.Measured> measured = new LinkedHashMap<>();
        PredictionMetrics.intervals(
                        predictions, Bootstrap.seeded(settings.optimisation().seed()), metrics())
                .forEach((name, interval) -> measured.put(name, measured(interval)));
        return measured;
    }

    private static ModelCard.Measured measured(Interval interval) {
        return new ModelCard.Measured(interval.value(), bound(interval.low()), bound(interval.high()));
    }

    private static OptionalDouble bound(double bound) {
        return Double.isNaN(bound) ? OptionalDouble.empty() : OptionalDouble.of(bound);
    }

    private Map<String, ModelCard.Measured> measured(Evaluation evaluation) {
        Map<String, ModelCard.Measured> measured = new LinkedHashMap<>();
        metrics().forEach(metric -> measured.put(metric.toString(), ModelCard.Measured.of(metric.of(evaluation))));
        return measured;
    }

    private Map<String, String> facts(TrainingResult result) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("epochs", Integer.toString(result.history().size()));
        facts.put("weights of epoch", Integer.toString(result.bestEpoch()));
        facts.put("optimizer", settings.optimisation().optimizer().toString() + settings.beyondDefaults());
        facts.put("precision", settings.optimisation().precision().toString().toLowerCase(Locale.ROOT));
        facts.put("seed", Long.toString(settings.optimisation().seed()));
        facts.put("names and labels of the training images (SHA-256)", LabelFingerprint.of(heads, training));
        validation.ifPresent(images ->
                facts.put("names and labels of the validation images (SHA-256)", LabelFingerprint.of(heads, images)));
        return facts;
    }

    private List<String> limits(List<ModelCard.Part> parts) {
        List<String> limits = new ArrayList<>();
        for (ModelCard.Labelled head : parts.get(0).heads()) {
            few(head, FEW)
                    .ifPresent(few -> limits.add("of head '" + head.head() + "' it has learned from fewer than " + FEW
                            + " images of " + few));
        }
        if (parts.size() == 1) {
            limits.add("it was not evaluated: there were no validation images");
            return limits;
        }
        for (ModelCard.Labelled head : parts.get(1).heads()) {
            few(head, 1)
                    .ifPresent(none ->
                            limits.add("of head '" + head.head() + "' it was not evaluated on any image of " + none));
        }
        if (!settings.model().answers().isCalibrated()) {
            limits.add("its probabilities were not calibrated");
        }
        return limits;
    }

    private static Optional<String> few(ModelCard.Labelled head, int least) {
        List<String> few = head.categories().entrySet().stream()
                .filter(category -> category.getValue() < least)
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
        return few.isEmpty() ? Optional.empty() : Optional.of(few.size() + " categories: " + Excerpt.of(few));
    }
}
