package io.github.multilabel.model.prediction;

import io.github.multilabel.core.Head;
import io.github.multilabel.model.heads.HeadThreshold;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The prediction of one head for one image: a probability for each category.
 *
 * @param head the head with its categories
 * @param probabilities of every category, in the order of the head. Those of a single-label head sum to 1 (softmax);
 *     those of a multi-label head are independent of each other (sigmoid)
 * @param threshold from which probability on the head answers; empty if always, and with each tag from 0.5 on
 * @param isOfUnusual whether the image is unusual, see {@link Prediction#isUnusual}; the answer is "unknown" then
 */
public record HeadPrediction(
        Head head, List<CategoryProbability> probabilities, Optional<HeadThreshold> threshold, boolean isOfUnusual) {

    private static final Comparator<CategoryProbability> MOST_PROBABLE_FIRST =
            Comparator.comparingDouble(CategoryProbability::probability).reversed();

    /** @throws IllegalArgumentException if categories or threshold are not those of the head */
    public HeadPrediction {
        probabilities = List.copyOf(probabilities);
        List<String> categories =
                probabilities.stream().map(CategoryProbability::category).toList();
        if (!categories.equals(head.categories())) {
            throw new IllegalArgumentException("head '" + head.name() + "' has the categories " + head.categories()
                    + ", got probabilities of " + categories);
        }
        threshold.ifPresent(each -> each.requireFit(head));
    }

    /** One that is always answered. */
    public HeadPrediction(Head head, List<CategoryProbability> probabilities) {
        this(head, probabilities, Optional.empty(), false);
    }

    /** The same, answered from a probability on. */
    public HeadPrediction withThreshold(Optional<HeadThreshold> threshold) {
        return new HeadPrediction(head, probabilities, threshold, isOfUnusual);
    }

    /** The same of an unusual image. */
    HeadPrediction asUnknown() {
        return new HeadPrediction(head, probabilities, threshold, true);
    }

    /**
     * Computes the probabilities from the logits of a head.
     *
     * @param head the head with its categories
     * @param logits (K), one per category, before softmax or sigmoid
     * @throws IllegalStateException if a logit is not finite
     */
    public static HeadPrediction fromLogits(Head head, float[] logits) {
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new IllegalStateException("a logit of head '" + head.name() + "' is " + logit
                        + ": the model's weights are not finite; train again with a lower learning rate, or load an"
                        + " earlier model");
            }
        }
        return of(
                head,
                switch (head.kind()) {
                    case SINGLE_LABEL -> softmax(logits);
                    case MULTI_LABEL -> sigmoid(logits);
                });
    }

    /**
     * Takes the probabilities of a head as they are.
     *
     * @param head the head with its categories
     * @param probabilities (K), one per category, in [0, 1]
     * @throws IllegalStateException if one is outside that range or not a number
     */
    public static HeadPrediction fromProbabilities(Head head, float[] probabilities) {
        double[] values = new double[probabilities.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = probabilities[k];
            if (!(values[k] >= 0 && values[k] <= 1)) {
                throw new IllegalStateException("a probability of head '" + head.name() + "' is " + values[k]
                        + ": the model's weights are not finite; train again with a lower learning rate, or load an"
                        + " earlier model");
            }
        }
        return of(head, values);
    }

    private static HeadPrediction of(Head head, double[] values) {
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

    /** Returns the name of the head. */
    public String name() {
        return head.name();
    }

    /** Returns the most probable category; of equal ones the first in the order of the head. */
    public CategoryProbability best() {
        return top(1).get(0);
    }

    /**
     * Returns the k most probable categories, the most probable first; equal ones in the order of the head.
     *
     * @param k at least 1; all categories are returned if there are fewer
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    public List<CategoryProbability> top(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("top(" + k + "): at least 1");
        }
        return probabilities.stream().sorted(MOST_PROBABLE_FIRST).limit(k).toList();
    }

    /**
     * Returns whether the answer is "unknown": the image is unusual, or the best category is less probable than the
     * model's threshold. The latter is never so of a multi-label head, nor of a model that has no threshold.
     */
    public boolean unknown() {
        return isOfUnusual
                || threshold
                        .map(each -> each.when(single -> best().probability() < single.threshold(), multi -> false))
                        .orElse(false);
    }

    /**
     * Returns the categories with a probability of at least a threshold, the most probable first; possibly none. For
     * multi-label heads, these are the predicted categories.
     *
     * @param threshold in [0, 1]; metrics use 0.5
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
     * Returns the predicted categories, the most probable first, none if the answer is {@link #unknown}: one of a
     * single-label head; possibly none of a multi-label head, which predicts those with a probability of at least 0.5,
     * or the threshold that the model has for the tag.
     */
    public List<CategoryProbability> predicted() {
        if (unknown()) {
            return List.of();
        }
        return switch (head.kind()) {
            case SINGLE_LABEL -> top(1);
            case MULTI_LABEL ->
                probabilities.stream()
                        .filter(tag -> tag.probability() >= thresholdOf(tag.category()))
                        .sorted(MOST_PROBABLE_FIRST)
                        .toList();
        };
    }

    private double thresholdOf(String tag) {
        return threshold
                .map(each -> each.when(single -> HeadThreshold.USUAL_OF_TAGS, multi -> multi.thresholds()
                        .get(head.indexOf(tag))))
                .orElse(HeadThreshold.USUAL_OF_TAGS);
    }

    /**
     * Returns the probability of a category.
     *
     * @param category the name of a category of the head
     * @return in [0, 1]
     * @throws IllegalArgumentException if the head has no such category; the message names similar ones
     */
    public double probability(String category) {
        return probabilities.get(head.indexOf(category)).probability();
    }

    /**
     * Returns the head's name with its best category, {@code unknown} behind it if that is the answer, or for a
     * multi-label head with the predicted tags.
     */
    @Override
    public String toString() {
        return head.name()
                + switch (head.kind()) {
                    case SINGLE_LABEL -> "=" + best() + (unknown() ? " unknown" : "");
                    case MULTI_LABEL -> "=" + predicted() + (unknown() ? " unknown" : "");
                };
    }
}
