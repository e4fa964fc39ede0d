package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.evaluation.internal.page.Figures;
import io.github.multilabel.evaluation.internal.page.Page;
import io.github.multilabel.evaluation.internal.page.Section;
import io.github.multilabel.evaluation.labels.LabelIssues;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.evaluation.mistakes.Mistakes;
import io.github.multilabel.evaluation.predictions.LabelFingerprint;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.scoring.Bootstrap;
import io.github.multilabel.evaluation.scoring.PredictionMetrics;
import io.github.multilabel.model.LibraryVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model does on labelled images as one HTML file: how good each head is, how its categories are distributed,
 * which it takes for each other, of which mistakes it is sure, on which images several heads fail, and from what all of
 * that comes.
 *
 * <pre>{@code
 * EvaluationReport.builder()
 *         .setPredictions(Evaluator.predictions(model, validation))
 *         .optTitle("Cars")
 *         .build()
 *         .write(Path.of("build/report.html"));
 * }</pre>
 *
 * <p>The file stands alone: it asks for nothing from a network, and its charts are part of it. It can be read without
 * its script, which sorts and searches tables. Its size follows the number of categories, whatever the number of
 * images. All figures on it can be had from {@link PredictionMetrics}, {@link Mistakes}, {@link LabelIssues} and
 * {@code Confusions}.
 *
 * <p>Immutable; any number of threads may write it, if its {@link Thumbnails} and {@link HeatMaps} can be asked so.
 */
public final class EvaluationReport {

    /** That of the programs, so that the same predictions have the same intervals everywhere. */
    private static final long SEED = 0;

    private final String title;
    private final Predictions predictions;
    private final Optional<PredictionMetrics> metrics;
    private final Optional<LabelIssues> issues;
    private final Map<String, List<LabelCounts>> splits;
    private final List<LearningCurve> curves;
    private final Pictures pictures;
    private final Map<String, String> configuration;
    private final Map<String, String> environment;

    private EvaluationReport(Builder builder, Predictions predictions) {
        title = builder.title;
        this.predictions = predictions;
        metrics = Optional.ofNullable(builder.metrics);
        issues = Optional.ofNullable(builder.issues);
        splits = new LinkedHashMap<>(builder.splits);
        curves = List.copyOf(builder.curves);
        pictures = new Pictures(builder.thumbnails, builder.heatMaps);
        configuration = new LinkedHashMap<>(builder.configuration);
        environment = new LinkedHashMap<>(builder.environment);
    }

    /** Starts a report. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Writes the report; missing parent folders are made.
     *
     * @param file replaced when the report is complete
     * @throws IOException if it cannot be written; an earlier file of the name is then as it was
     */
    public void write(Path file) throws IOException {
        byte[] html = page().html();
        AtomicOutput.file(Given.require(file, "file", "e.g. Path.of(\"report.html\")"), out -> out.write(html));
    }

    Page page() {
        PredictionMetrics computed = metrics.orElseGet(() -> PredictionMetrics.of(predictions, Bootstrap.seeded(SEED)));
        Evaluation evaluation = computed.evaluation();
        Mistakes mistakes = new Mistakes(predictions);
        List<Section> sections = new ArrayList<>();
        sections.add(OverviewSection.of(computed, mistakes));
        CurvesSection.of(curves).ifPresent(sections::add);
        for (HeadMetrics head : evaluation.heads()) {
            sections.add(new HeadSection(computed, head, distribution(head.head()), mistakes, pictures).section());
        }
        SeveralHeadsSection.of(predictions, mistakes, pictures).ifPresent(sections::add);
        issues.map(found -> IssuesSection.of(found, pictures)).ifPresent(sections::add);
        sections.add(MetricsSection.of(computed));
        Map<String, String> versions = new LinkedHashMap<>(environment);
        versions.put("multilabel", LibraryVersion.get());
        versions.put("Java", System.getProperty("java.version"));
        versions.put("names and labels of the images (SHA-256)", LabelFingerprint.of(predictions));
        sections.add(SettingsSection.of(configuration, versions));
        return new Page(Excerpt.of(title), facts(evaluation), sections);
    }

    private Distribution distribution(Head head) {
        Map<String, LabelCounts> counts = new LinkedHashMap<>();
        splits.forEach((name, ofHeads) -> ofHeads.stream()
                .filter(ofHead -> ofHead.head().name().equals(head.name()))
                .forEach(ofHead -> counts.put(Excerpt.of(name), ofHead)));
        return new Distribution(head, counts);
    }

    private List<String> facts(Evaluation evaluation) {
        List<String> facts = new ArrayList<>();
        facts.add(Figures.count(evaluation.samples(), "image"));
        facts.add(Figures.count(evaluation.heads().size(), "head"));
        long complete = evaluation.completelyLabelled();
        if (complete < evaluation.samples()) {
            facts.add(Figures.count(complete) + " with a label for every head");
        }
        return facts;
    }

    /** Collects what is shown. For one thread. */
    public static final class Builder {

        private String title = "Evaluation";
        private @Nullable Predictions predictions;
        private @Nullable PredictionMetrics metrics;
        private @Nullable LabelIssues issues;
        private final Map<String, List<LabelCounts>> splits = new LinkedHashMap<>();
        private final List<LearningCurve> curves = new ArrayList<>();
        private Thumbnails thumbnails = row -> Optional.empty();
        private HeatMaps heatMaps = (row, head, category) -> Optional.empty();
        private final Map<String, String> configuration = new LinkedHashMap<>();
        private final Map<String, String> environment = new LinkedHashMap<>();

        private Builder() {}

        /** Sets what the model says of the images, and what is right. */
        public Builder setPredictions(Predictions predictions) {
            this.predictions = Given.require(predictions, "predictions", "e.g. Evaluator.predictions(model, data)");
            return this;
        }

        /**
         * Sets the metrics of the same predictions, with intervals or without; default: computed with those of
         * {@code Bootstrap.seeded(0)} when the report is written.
         */
        public Builder optMetrics(PredictionMetrics metrics) {
            this.metrics = Given.require(metrics, "metrics", "e.g. PredictionMetrics.of(predictions)");
            return this;
        }

        /** Sets the labels of the same images that somebody should look at; default: none are shown. */
        public Builder optLabelIssues(LabelIssues issues) {
            this.issues = Given.require(issues, "issues", "e.g. LabelIssues.find(predictions)");
            return this;
        }

        /** Sets what stands above all; default: {@code Evaluation}. */
        public Builder optTitle(String title) {
            this.title = Given.require(title, "title", "such as the name of the data");
            return this;
        }

        /**
         * Adds how the labels of other images are distributed, to be shown beside those of the predictions.
         *
         * @param name of these images, such as {@code training}
         * @param counts of each head; heads without any are left out, and so are other heads
         */
        public Builder addLabels(String name, List<LabelCounts> counts) {
            splits.put(
                    Given.require(name, "name", "such as \"training\""),
                    List.copyOf(Given.require(counts, "counts", "e.g. LabelCounts.of(head, data) of each head")));
            return this;
        }

        /** Adds how a metric went over the epochs. */
        public Builder addCurve(LearningCurve curve) {
            curves.add(Given.require(curve, "curve", "a metric over the epochs"));
            return this;
        }

        /** Sets how images are shown; without it, they have their names alone. */
        public Builder optThumbnails(Thumbnails thumbnails) {
            this.thumbnails = Given.require(thumbnails, "thumbnails", "a function that gives the image of a row");
            return this;
        }

        /** Sets how it is shown where the model looks. */
        public Builder optHeatMaps(HeatMaps heatMaps) {
            this.heatMaps = Given.require(heatMaps, "heatMaps", "a function that gives the heat of a category");
            return this;
        }

        /** Adds a setting of the training or the evaluation, shown in the order in which they are added. */
        public Builder addSetting(String name, String value) {
            configuration.put(
                    Given.require(name, "name", "the name of a setting"),
                    Given.require(value, "value", "the value of setting '" + Excerpt.of(name) + "'"));
            return this;
        }

        /** Adds a version, a fingerprint of the data, or something else that the figures depend on. */
        public Builder addEnvironment(String name, String value) {
            environment.put(
                    Given.require(name, "name", "such as \"Java\""),
                    Given.require(value, "value", "the value of '" + Excerpt.of(name) + "'"));
            return this;
        }

        /**
         * Returns the report.
         *
         * @throws io.github.multilabel.core.InvalidOptionsException if predictions are missing, or counts are of other
         *     categories than those of the predictions
         */
        public EvaluationReport build() {
            Problems problems = new Problems("build EvaluationReport");
            Predictions given = predictions;
            if (given == null) {
                problems.missing("predictions", "setPredictions(Evaluator.predictions(model, data))");
            } else {
                problems.require(
                        metrics == null || metrics.headSet().equals(given.heads()),
                        "metrics",
                        metrics == null ? "" : metrics.headSet(),
                        "metrics of the same predictions, whose heads are " + given.heads());
                splits.forEach((name, counts) -> counts.stream()
                        .map(LabelCounts::head)
                        .filter(head -> given.heads().names().contains(head.name()))
                        .filter(head -> !given.heads().get(head.name()).equals(head))
                        .forEach(head -> problems.add(
                                "labels",
                                Excerpt.of(name),
                                "counts of head '" + Excerpt.of(head.name())
                                        + "' with the categories that the predictions have")));
            }
            problems.throwIfAny();
            return new EvaluationReport(this, Objects.requireNonNull(given));
        }
    }
}
