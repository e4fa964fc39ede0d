package io.github.multilabel.evaluation.loss;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.message.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Weights of a head's categories in its loss, for imbalanced categories:
 *
 * <pre>{@code
 * builder.addHeadOptions("type", HeadOptions.standard().classWeights(ClassWeights.balanced()));
 * builder.addHeadOptions("tags", HeadOptions.standard().classWeights(ClassWeights.positive(20)));
 * ClassWeights.of(Map.of("2009 and earlier", 2.0)) // the others have weight 1
 * }</pre>
 *
 * <p>For a single-label head, the weight of a category multiplies the loss of the images that have it, as
 * {@code weight} of PyTorch's {@code cross_entropy}. For a multi-label head, it multiplies the loss of the category for
 * the images that have it, as {@code pos_weight} of {@code binary_cross_entropy_with_logits}.
 *
 * <p>Weights that are computed from the training labels are finite: a category without images has weight 1 and is named
 * in a warning.
 *
 * <p>Immutable; threads may share it.
 */
public final class ClassWeights {

    private static final Logger LOG = LoggerFactory.getLogger(ClassWeights.class);

    /** Computes the weight of a category that occurs. */
    @FunctionalInterface
    private interface Rule {
        double weight(LabelCounts counts, long count);
    }

    private final String name;
    /** What the description has after the name. */
    private final String numbers;

    private final Set<Head.Kind> kinds;
    /** By category, sorted so that messages do not depend on a map's order; empty where a rule finds them. */
    private final Optional<Map<String, Double>> given;

    private final Rule rule;
    /** Whether the weights are scaled so that they add up to the number of categories that occur. */
    private final boolean scaled;

    private ClassWeights(
            String name,
            String numbers,
            Set<Head.Kind> kinds,
            Optional<Map<String, Double>> given,
            Rule rule,
            boolean scaled) {
        this.name = name;
        this.numbers = numbers;
        this.kinds = kinds;
        this.given = given;
        this.rule = rule;
        this.scaled = scaled;
    }

    /**
     * Weights by category; a category that is not named has weight 1.
     *
     * @param weights finite and at least 0, by the name of the category
     * @throws IllegalArgumentException if a weight is negative or not finite
     */
    public static ClassWeights of(Map<String, Double> weights) {
        Given.require(weights, "weights", "a weight by the name of each category, e.g. Map.of(\"SUV\", 2.0)");
        weights.values().forEach(ClassWeights::requireWeight);
        Map<String, Double> sorted = new TreeMap<>(weights);
        return new ClassWeights(
                "given weights",
                " " + sorted,
                Set.of(Head.Kind.values()),
                Optional.of(sorted),
                (counts, count) -> 1,
                false);
    }

    /**
     * Weights of a single-label head from the training labels: {@code n / (K * count)}, n the labelled images and K the
     * categories that occur, as scikit-learn's {@code compute_class_weight("balanced")}.
     */
    public static ClassWeights balanced() {
        return new ClassWeights(
                "balanced weights",
                "",
                Set.of(Head.Kind.SINGLE_LABEL),
                Optional.empty(),
                (counts, count) -> (double) counts.labelled() / (counts.occurring() * count),
                false);
    }

    /** {@link #effectiveNumber(double)} with beta 0.999: beyond about a thousand images, more images change little. */
    public static ClassWeights effectiveNumber() {
        return effectiveNumber(0.999);
    }

    /**
     * Weights of a single-label head by the effective number of samples (Cui et al. 2019, <a
     * href="https://arxiv.org/abs/1901.05555">Class-Balanced Loss</a>, equation 6): {@code (1 - beta) / (1 -
     * beta^count)}, scaled so that they add up to the number of categories that occur. Milder than {@link #balanced}:
     * the more images a category already has, the less one more of them matters.
     *
     * @param beta in [0, 1): 0 gives all categories the same weight, and towards 1 the weights become those of
     *     {@link #balanced} up to their scale; the authors also use (N - 1) / N for N images
     * @throws IllegalArgumentException if it is outside its range
     */
    public static ClassWeights effectiveNumber(double beta) {
        if (!(beta >= 0 && beta < 1)) {
            throw new IllegalArgumentException(
                    "beta " + beta + " is outside [0, 1); the usual ones are 0.99 to 0.9999");
        }
        return new ClassWeights(
                "weights by effective number",
                " with beta " + beta,
                Set.of(Head.Kind.SINGLE_LABEL),
                Optional.empty(),
                (counts, count) -> (1 - beta) / -Math.expm1(count * Math.log(beta)), // exact though beta be next to 1
                true);
    }

    /**
     * Weights of a multi-label head from the training labels: the number of images without a category, divided by the
     * number of images with it, as PyTorch's documentation advises for {@code pos_weight} of {@code BCEWithLogitsLoss}.
     * Images whose label is missing are not counted.
     *
     * @param most the largest weight, at least 1: otherwise a category of three images in a million would outweigh all
     *     others. The smallest weight is {@code 1 / most}, so that a category of all images is still learned
     * @throws IllegalArgumentException if {@code most} is below 1 or not finite
     */
    public static ClassWeights positive(double most) {
        if (!(most >= 1 && most < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the largest weight " + most + " is not a finite number of at least 1");
        }
        return new ClassWeights(
                "positive weights",
                " up to " + most,
                Set.of(Head.Kind.MULTI_LABEL),
                Optional.empty(),
                (counts, count) -> Math.min(most, Math.max(1 / most, (double) (counts.labelled() - count) / count)),
                false);
    }

    /** Returns whether the weights are computed from the training labels. */
    public boolean isCounted() {
        return given.isEmpty();
    }

    /**
     * Checks that these weights fit a head, before any data is there.
     *
     * @throws IllegalArgumentException if they are for the other kind of head, or lacks a category that was named
     */
    public void requireFit(Head head) {
        if (!kinds.contains(head.kind())) {
            throw new IllegalArgumentException(
                    "head '" + head.name() + "' is " + head.kind() + ": " + name + " are for "
                            + kinds.iterator().next() + " heads; "
                            + (head.kind() == Head.Kind.MULTI_LABEL
                                    ? "use ClassWeights.positive(20)"
                                    : "use ClassWeights.balanced()"));
        }
        given.ifPresent(weights -> weights.keySet().forEach(head::indexOf));
    }

    /**
     * The weights of a head, in the order of its categories.
     *
     * @param head of {@code training}
     * @param training the data whose labels are counted; null if {@link #isCounted} is false
     * @throws IllegalArgumentException as {@link #requireFit}
     */
    public List<Double> resolve(Head head, @Nullable MultiLabelDataset training) {
        requireFit(head);
        return given.map(weights -> head.categories().stream()
                        .map(category -> weights.getOrDefault(category, 1.0))
                        .toList())
                .orElseGet(() -> resolve(LabelCounts.of(head, Objects.requireNonNull(training, "training"))));
    }

    List<Double> resolve(LabelCounts counts) {
        double[] found = new double[counts.head().size()];
        double sum = 0;
        for (int category = 0; category < found.length; category++) {
            long count = counts.of(category);
            found[category] = count == 0 ? 0 : rule.weight(counts, count);
            sum += found[category];
        }
        List<Double> weights = new ArrayList<>();
        for (int category = 0; category < found.length; category++) {
            double scale = scaled ? counts.occurring() / sum : 1;
            weights.add(counts.of(category) == 0 ? 1.0 : found[category] * scale);
        }
        List<String> absent = counts.absent();
        if (!absent.isEmpty()) {
            LOG.warn(
                    "head '{}': no training image of {}; {} give it weight 1, and the model cannot learn it",
                    counts.head().name(),
                    absent,
                    name);
        }
        return weights;
    }

    /** Returns the rule and its constants, or the weights. */
    @Override
    public String toString() {
        return name + numbers;
    }

    private static void requireWeight(@Nullable Double weight) {
        if (weight == null || !(weight >= 0 && weight <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException("class weight " + weight + " is not a finite number of at least 0");
        }
    }
}
