package io.github.multilabel.training.internal.loop;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.training.event.EpochReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which epoch is the best, and how long to wait for a better one.
 *
 * @param metric the number that tells
 * @param part of which images; empty if nothing is watched
 * @param patience training ends after so many epochs in a row without a gain; {@link #NEVER} if it does not
 * @param minDelta what a gain must exceed to count against the patience
 */
public record MonitorRule(Metric metric, Optional<Part> part, int patience, double minDelta) {

    public static final int NEVER = Integer.MAX_VALUE;

    private static final String DEFAULT = "mean_accuracy";

    /** Which images. */
    enum Part {
        TRAINING(Metric.Part.TRAIN),
        VALIDATION(Metric.Part.VALIDATION);

        private final Metric.Part images;

        Part(Metric.Part images) {
            this.images = images;
        }

        private String prefix() {
            return this == TRAINING ? "training." : "validation.";
        }
    }

    /**
     * The rule that a user asked for.
     *
     * @param name of the metric, such as {@code brand.accuracy} or {@code training.loss}; empty for the default
     * @throws IllegalArgumentException if there is no such metric; the message names those that are near
     */
    public static MonitorRule of(HeadSet heads, Optional<String> name, int patience, double minDelta) {
        String asked = name.orElse(DEFAULT);
        List<String> known = new ArrayList<>(Metric.all(heads).keySet());
        Optional<Metric> metric = Metric.find(asked, heads); // first, in case a head is called training
        if (metric.isPresent()) {
            return new MonitorRule(metric.get(), Optional.empty(), patience, minDelta);
        }
        for (Part part : Part.values()) {
            Optional<String> rest = part.images.metric(asked);
            if (rest.isPresent()) {
                return new MonitorRule(Metric.named(rest.get(), heads), Optional.of(part), patience, minDelta);
            }
        }
        throw new IllegalArgumentException("there is no metric '" + asked + "'; there are "
                + NearMatches.describe(asked.replace('.', '_'), known) + "; each also with "
                + Metric.Part.TRAIN.prefix() + " or " + Metric.Part.VALIDATION.prefix() + " before it");
    }

    /**
     * The rule for the data at hand: where the user did not say which images count, those of validation; without
     * validation the training images if training shall stop early, otherwise none.
     *
     * @throws IllegalArgumentException if validation images shall count and there are none
     */
    public MonitorRule on(boolean validation) {
        if (part.equals(Optional.of(Part.VALIDATION)) && !validation) {
            throw new IllegalArgumentException("the best epoch shall be chosen by '" + this + "', but there are no"
                    + " validation images; give some to fit, or choose by '" + Part.TRAINING.prefix()
                    + metric.formerName()
                    + "'");
        }
        if (part.isPresent() || !validation && patience == NEVER) {
            return this;
        }
        return new MonitorRule(metric, Optional.of(validation ? Part.VALIDATION : Part.TRAINING), patience, minDelta);
    }

    /** The same for a training whose epochs do not matter. */
    MonitorRule unwatched() {
        return new MonitorRule(metric, Optional.empty(), NEVER, 0);
    }

    /** The number of an epoch; NaN if it is undefined or nothing is watched. */
    double of(EpochReport report) {
        Optional<Evaluation> evaluation =
                part.flatMap(p -> p == Part.TRAINING ? Optional.of(report.training()) : report.validation());
        return evaluation.map(metric::of).orElse(Double.NaN);
    }

    /** For people. */
    @Override
    public String toString() {
        return part.map(Part::prefix).orElse("") + metric.formerName();
    }
}
