package io.github.multilabel.evaluation.labels;

/**
 * A category of which there are too few labels to judge them.
 *
 * @param head its name
 * @param support how many images are labelled with it; of a tag, how many have it or, if these are fewer, have it not
 */
public record NotExamined(String head, String category, int support) {

    /** For example {@code brand: Lancia (3)}. */
    @Override
    public String toString() {
        return head + ": " + category + " (" + support + ")";
    }
}
