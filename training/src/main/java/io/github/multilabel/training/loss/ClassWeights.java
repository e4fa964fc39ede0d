package io.github.multilabel.training.loss;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelDataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much each category of a single-label head counts in its loss, against skew:
 *
 * <pre>{@code
 * builder.optClassWeights("type", ClassWeights.balanced());
 * builder.optClassWeights("year", ClassWeights.of(Map.of("2009 and earlier", 2.0))); // the others count 1
 * }</pre>
 */
public final class ClassWeights {

    private static final Logger LOG = LoggerFactory.getLogger(ClassWeights.class);

    /** By category, sorted so that messages do not depend on a map's order; null where they come from the data. */
    private final Map<String, Double> given;

    private ClassWeights(Map<String, Double> given) {
        this.given = given;
    }

    /**
     * Weights by category; a category that is not named counts 1.
     *
     * @throws IllegalArgumentException if a weight is negative or not finite
     */
    public static ClassWeights of(Map<String, Double> weights) {
        checked(weights.values());
        return new ClassWeights(new TreeMap<>(weights));
    }

    /**
     * Weights from the training labels: {@code n / (K * count)}, n the labelled images and K the categories that occur,
     * as scikit-learn's {@code compute_class_weight("balanced")}. A category that does not occur counts 1 and is named
     * in a warning.
     */
    public static ClassWeights balanced() {
        return new ClassWeights(null);
    }

    /** Whether the weights come from the training labels. */
    public boolean isBalanced() {
        return given == null;
    }

    /**
     * Checks that these weights fit a head, before any data is there.
     *
     * @throws IllegalArgumentException if the head is multi-label, or lacks a category that was named
     */
    public void requireFit(Head head) {
        if (head.kind() != Head.Kind.SINGLE_LABEL) {
            throw new IllegalArgumentException("head '" + head.name()
                    + "' is MULTI_LABEL: class weights are for SINGLE_LABEL heads; give it a HeadLoss with optLoss");
        }
        if (given != null) {
            given.keySet().forEach(head::indexOf);
        }
    }

    /**
     * The weights of a head, in the order of its categories.
     *
     * @param head a single-label head of {@code training}
     * @param training the data whose labels are counted if the weights are balanced
     * @throws IllegalArgumentException as {@link #requireFit}
     */
    public List<Double> resolve(Head head, MultiLabelDataset training) {
        requireFit(head);
        if (given != null) {
            return head.categories().stream()
                    .map(category -> given.getOrDefault(category, 1.0))
                    .toList();
        }
        long[] counts = new long[head.size()];
        for (int i = 0; i < training.size(); i++) {
            int category = training.labels(i).index(head.name());
            if (category != Labels.MISSING) {
                counts[category]++;
            }
        }
        return balanced(head, counts);
    }

    static List<Double> balanced(Head head, long... counts) {
        long total = Arrays.stream(counts).sum();
        long occurring = Arrays.stream(counts).filter(count -> count > 0).count();
        List<Double> weights = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (int k = 0; k < counts.length; k++) {
            if (counts[k] == 0) {
                absent.add(head.category(k));
            }
            weights.add(counts[k] == 0 ? 1.0 : (double) total / (occurring * counts[k]));
        }
        if (!absent.isEmpty()) {
            LOG.warn(
                    "head '{}': no training image of {}; balanced class weights count it as 1, and the model cannot"
                            + " learn it",
                    head.name(),
                    absent);
        }
        return weights;
    }

    static float[] checked(Iterable<Double> weights) {
        List<Float> values = new ArrayList<>();
        for (Double weight : weights) {
            if (weight == null || !(weight >= 0 && weight <= Float.MAX_VALUE)) {
                throw new IllegalArgumentException("class weight " + weight + " is not a finite number of at least 0");
            }
            values.add(weight.floatValue());
        }
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }
}
