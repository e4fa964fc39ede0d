package io.github.multilabel.evaluation.sheet;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.image.sheet.ContactSheet.Line;
import io.github.multilabel.core.image.sheet.ContactSheet.Tone;
import io.github.multilabel.model.prediction.CategoryProbability;
import io.github.multilabel.model.prediction.HeadPrediction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one head predicts for an image, and what is right.
 *
 * @param label the categories that the image has; empty if its label is missing
 */
record LabelledPrediction(HeadPrediction prediction, Optional<Set<String>> label) {

    /** Keeps a loss finite where a probability is 0 in float64. */
    private static final double LEAST = 1e-12;

    /** Letters that fit under an image of the sheet. */
    private static final int WIDE = 30;

    boolean isWrong() {
        return label.isPresent() && !label.get().equals(predicted());
    }

    private Set<String> predicted() {
        return answers().stream().map(CategoryProbability::category).collect(Collectors.toUnmodifiableSet());
    }

    /** With the best category also where the head would rather not answer. */
    private List<CategoryProbability> answers() {
        return switch (prediction.head().kind()) {
            case SINGLE_LABEL -> prediction.top(1);
            case MULTI_LABEL -> prediction.predicted();
        };
    }

    /** The cross entropy, of a multi-label head the mean over its categories; 0 if the label is missing. */
    double loss() {
        return label.map(this::loss).orElse(0.0);
    }

    private double loss(Set<String> right) {
        if (prediction.head().kind() == Head.Kind.SINGLE_LABEL) {
            return right.stream()
                    .mapToDouble(category -> cost(prediction.probability(category)))
                    .sum();
        }
        return prediction.probabilities().stream()
                .mapToDouble(one -> cost(right.contains(one.category()) ? one.probability() : 1 - one.probability()))
                .average()
                .orElseThrow();
    }

    private static double cost(double probability) {
        return -Math.log(Math.max(probability, LEAST));
    }

    /** For a caption, for example {@code type: SUV 0.81, is Van}; in two lines if one would be too wide. */
    List<Line> lines() {
        String head = prediction.name() + ": " + shown();
        if (label.isEmpty()) {
            return List.of(new Line(head + ", no label", Tone.FAINT));
        }
        if (!isWrong()) {
            return List.of(new Line(head, Tone.RIGHT));
        }
        String right = "is " + names(label.get());
        return head.length() + right.length() <= WIDE
                ? List.of(new Line(head + ", " + right, Tone.WRONG))
                : List.of(new Line(head + ",", Tone.WRONG), new Line("    " + right, Tone.WRONG));
    }

    private String shown() {
        String shown = answers().isEmpty()
                ? "none"
                : answers().stream().map(CategoryProbability::toString).collect(Collectors.joining(", "));
        return prediction.unknown() ? shown + " unknown" : shown;
    }

    private static String names(Set<String> categories) {
        return categories.isEmpty() ? "none" : categories.stream().sorted().collect(Collectors.joining(", "));
    }
}
