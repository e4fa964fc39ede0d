package io.github.multilabel.evaluation.mistakes;

import java.util.List;

/**
 * An image on which heads fail.
 *
 * @param row of the image among the predictions
 * @param source the name of the image
 * @param labelled the number of heads that have a label for it
 * @param mistakes of each head that is wrong, in the order of the heads
 */
public record FailedImage(int row, String source, int labelled, List<Mistake> mistakes) {

    /** Copies the list. */
    public FailedImage {
        mistakes = List.copyOf(mistakes);
    }

    /** The mean confidence of its mistakes, 0..1. */
    public double confidence() {
        return mistakes.stream().mapToDouble(Mistake::confidence).average().orElse(Double.NaN);
    }
}
