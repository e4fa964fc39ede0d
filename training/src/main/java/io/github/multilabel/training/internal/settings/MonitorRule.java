package io.github.multilabel.training.internal.settings;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.evaluation.metrics.Metric.Part;
import io.github.multilabel.training.event.EpochReport;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which epoch is the best, and how long to wait for a better one.
 *
 * @param metric its value chooses
 * @param part the images it is computed on; empty if no epoch is chosen
 * @param patience training ends after so many epochs in a row without a gain; {@link #NEVER} if it does not
 * @param minDelta what a gain must exceed to count against the patience
 */
public record MonitorRule(Metric metric, Optional<Part> part, int patience, double minDelta) {

    public static final int NEVER = Integer.MAX_VALUE;

    /**
     * The rule for the name of a metric.
     *
     * @param name of the metric, such as {@code brand_accuracy} or {@code train_loss}
     * @throws IllegalArgumentException if there is no such metric; the message names those that are near; or if it does
     *     not say which of two epochs is better
     */
    public static MonitorRule of(HeadSet heads, String name, int patience, double minDelta) {
        MonitorRule rule = ofAny(heads, name, patience, minDelta);
        if (rule.metric().isOfMistakesAlone()) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot choose the best epoch: it says how far off mistakes"
                            + " are, not how many there are, and is not defined without any; choose by "
                            + heads.hierarchy().finest().stream()
                                    .map(finest -> "'" + Metric.nameOf(finest, "full_path") + "' or '"
                                            + Metric.nameOf(finest, "broken") + "'")
                                    .collect(Collectors.joining(" or ")));
        }
        return rule;
    }

    private static MonitorRule ofAny(HeadSet heads, String name, int patience, double minDelta) {
        if (Metric.find(name, heads).isEmpty()) { // a head may be called train
            for (Part part : Part.values()) {
                Optional<String> rest = part.metric(name);
                if (rest.isPresent()) {
                    return new MonitorRule(Metric.named(rest.get(), heads), Optional.of(part), patience, minDelta);
                }
            }
        }
        try {
            return new MonitorRule(Metric.named(name, heads), Optional.empty(), patience, minDelta);
        } catch (IllegalArgumentException e) {
            Optional<String> meant = withoutShortPrefix(name, heads);
            if (meant.isPresent()) {
                throw new IllegalArgumentException(
                        "there is no metric '" + name + "'; did you mean '" + Part.VALIDATION.name(meant.get()) + "'?",
                        e);
            }
            throw new IllegalArgumentException(
                    e.getMessage() + " (each also with " + Part.TRAIN.prefix() + " or " + Part.VALIDATION.prefix()
                            + " before it)",
                    e);
        }
    }

    /** The metric after the prefix {@code val_}, which Keras has for validation. */
    private static Optional<String> withoutShortPrefix(String name, HeadSet heads) {
        return Optional.of(name)
                .filter(given -> given.startsWith("val_"))
                .map(given -> given.substring("val_".length()))
                .filter(rest -> Metric.find(rest, heads).isPresent());
    }

    /**
     * The rule for the data at hand: where no prefix decides which images count, those of validation; without
     * validation the training images if training shall stop early, otherwise none.
     *
     * @throws InvalidOptionsException if validation images shall count and there are none
     */
    public MonitorRule on(boolean validation) {
        if (part.equals(Optional.of(Part.VALIDATION)) && !validation) {
            throw new InvalidOptionsException("the best epoch shall be chosen by '" + this + "', but there are no"
                    + " validation images; give some to fit, or choose by '" + Part.TRAIN.name(metric.name())
                    + "'");
        }
        if (part.isPresent() || !validation && patience == NEVER) {
            return this;
        }
        return new MonitorRule(metric, Optional.of(validation ? Part.VALIDATION : Part.TRAIN), patience, minDelta);
    }

    /** Whether validation images choose the best epoch. */
    public boolean isOfValidation() {
        return part.equals(Optional.of(Part.VALIDATION));
    }

    /** The same for a training whose epochs do not matter. */
    MonitorRule unused() {
        return new MonitorRule(metric, Optional.empty(), NEVER, 0);
    }

    /** The value of an epoch; NaN if it is undefined or no epoch is chosen. */
    public double of(EpochReport report) {
        Optional<Evaluation> evaluation =
                part.flatMap(p -> p == Part.TRAIN ? Optional.of(report.training()) : report.validation());
        return evaluation.map(metric::of).orElse(Double.NaN);
    }

    /** The text in checkpoints, with the names that metrics had when their format began. */
    String saved() {
        return part.map(images -> images.formerName(metric)).orElse(metric.formerName());
    }

    /** What decides when the training ends, without {@link #saved}. */
    Fingerprint fingerprint() {
        return Fingerprint.nothing()
                .free("patience", patience == NEVER ? "none" : patience + " epochs", "optEarlyStopping")
                .free("least gain", minDelta, "minDelta of optEarlyStopping");
    }

    /** The name as users write it. */
    @Override
    public String toString() {
        return part.map(images -> images.name(metric.name())).orElse(metric.name());
    }
}
