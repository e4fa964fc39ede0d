package io.github.multilabel.model.prediction;

import io.github.multilabel.core.Head;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The answer to one question about one image.
 *
 * @param head the question
 * @param probabilities every category in the order of the head. Of a single-label head they sum to 1 (softmax); of a
 *     multi-label head each stands for itself (sigmoid)
 */
public record HeadPrediction(Head head, List<CategoryProbability> probabilities) {

    private static final Comparator<CategoryProbability> MOST_PROBABLE_FIRST =
            Comparator.comparingDouble(CategoryProbability::probability).reversed();

    /** @throws IllegalArgumentException if the categories are not those of the head, in its order */
    public HeadPrediction {
        probabilities = List.copyOf(probabilities);
        List<String> categories =
                probabilities.stream().map(CategoryProbability::category).toList();
        if (!categories.equals(head.categories())) {
            throw new IllegalArgumentException("head '" + head.name() + "' has the categories " + head.categories()
                    + ", got probabilities of " + categories);
        }
    }

    /**
     * @param logits one per category
     * @throws IllegalStateException if one is not finite
     */
    public static HeadPrediction fromLogits(Head head, float[] logits) {
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new IllegalStateException("the model answers head '" + head.name() + "' with " + logit
                        + ": its weights are not finite; train again with a lower learning rate, or load an earlier"
                        + " model");
            }
        }
        double[] values = head.kind() == Head.Kind.SINGLE_LABEL ? softmax(logits) : sigmoid(logits);
        return new HeadPrediction(
                head,
                IntStream.range(0, values.length)
                        .mapToObj(i -> new CategoryProbability(head.category(i), values[i]))
                        .toList());
    }

    private static double[] softmax(float[] logits) {
        double highest = IntStream.range(0, logits.length)
                .mapToDouble(i -> logits[i])
                .max()
                .orElseThrow();
        double[] values = IntStream.range(0, logits.length)
                .mapToDouble(i -> Math.exp(logits[i] - highest)) // at most 1, so it cannot overflow
                .toArray();
        double sum =
                IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i] / sum)
                .toArray();
    }

    private static double[] sigmoid(float[] logits) {
        return IntStream.range(0, logits.length)
                .mapToDouble(i -> 1 / (1 + Math.exp(-logits[i])))
                .toArray();
    }

    /** The most probable category; of equal ones the first in the order of the head. */
    public CategoryProbability best() {
        return top(1).get(0);
    }

    /**
     * The most probable categories, the most probable first; equal ones in the order of the head.
     *
     * @param k how many; all if there are fewer
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    public List<CategoryProbability> top(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("top(" + k + "): at least 1");
        }
        return probabilities.stream().sorted(MOST_PROBABLE_FIRST).limit(k).toList();
    }

    /**
     * The categories of at least some probability, the most probable first: the tags of a multi-label head. May be
     * empty.
     *
     * @param threshold in [0, 1]; 0.5 is where a tag becomes more probable than not
     * @throws IllegalArgumentException if the threshold is outside its range
     */
    public List<CategoryProbability> above(double threshold) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold " + threshold + " is outside [0, 1]");
        }
        return probabilities.stream()
                .filter(one -> one.probability() >= threshold)
                .sorted(MOST_PROBABLE_FIRST)
                .toList();
    }

    /**
     * The probability of a category in [0, 1].
     *
     * @throws IllegalArgumentException if the head has no such category; the message names those that are near
     */
    public double probability(String category) {
        return probabilities.get(head.indexOf(category)).probability();
    }

    /** For people: the best category, or the tags above 0.5. */
    @Override
    public String toString() {
        return head.name() + "="
                + (head.kind() == Head.Kind.SINGLE_LABEL ? best() : above(PredictionJson.TAG_THRESHOLD));
    }
}
