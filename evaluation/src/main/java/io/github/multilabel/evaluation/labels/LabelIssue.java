package io.github.multilabel.evaluation.labels;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.files.TagCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The label of one head of one image, which somebody should look at.
 *
 * @param row the number of the image in the predictions
 * @param source its name
 * @param head whose label it is
 * @param kinds why it is doubted, at least one, each once
 * @param given the categories of the label; of a single-label head exactly one, of a multi-label head none if it says
 *     that no tag applies
 * @param suggested what the label may have to be; of a single-label head none if nothing is known that fits
 * @param selfConfidence the probability of the label by the model, in [0, 1]. Of a multi-label head the probabilities
 *     that its tags are there or not as the label says, from the highest to the lowest, of which the lower count more:
 *     an exponential moving average with the factor 0.8, as cleanlab 2.9.0 has it
 * @param margin the probability of the label less that of the most probable other category, in [-1, 1]; where it is
 *     cleanlab's {@code normalized_margin}, that is {@code (margin + 1) / 2}. Of a multi-label head {@code 2 *
 *     selfConfidence - 1}
 * @param suggestedProbability the probability of the category that is suggested, in [0, 1], NaN if none is; of a
 *     multi-label head that of the surest of the tags to be changed, to be as suggested
 */
public record LabelIssue(
        int row,
        String source,
        Head head,
        List<Kind> kinds,
        List<String> given,
        List<String> suggested,
        double selfConfidence,
        double margin,
        double suggestedProbability) {

    /** Why a label is doubted. */
    public enum Kind {
        /** The model says otherwise, more surely than for other images of that label. */
        PROBABLY_WRONG("PROBABLY_WRONG", "probably wrong"),
        /** A finer label of the same image determines another one. */
        BREAKS_HIERARCHY("BREAKS_HIERARCHY", "breaks the hierarchy"),
        /** No other image has the same labels of all single-label heads. */
        OCCURS_NOWHERE_ELSE("OCCURS_NOWHERE_ELSE", "this combination of labels occurs nowhere else");

        private final String inFiles;
        private final String words;

        Kind(String inFiles, String words) {
            this.inFiles = inFiles;
            this.words = words;
        }

        /** Its name in files, which stays whatever the constant is called. */
        public String inFiles() {
            return inFiles;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /** Copies the lists. */
    public LabelIssue {
        kinds = List.copyOf(kinds);
        given = List.copyOf(given);
        suggested = List.copyOf(suggested);
    }

    /** The same label, doubted for the reasons of another one too; what is suggested stays. */
    LabelIssue and(LabelIssue other) {
        List<Kind> all = new ArrayList<>(kinds);
        other.kinds.stream().filter(kind -> !all.contains(kind)).forEach(all::add);
        return new LabelIssue(row, source, head, all, given, suggested, selfConfidence, margin, suggestedProbability);
    }

    /** What a person should look at: {@code brand: Audi? BMW 0.97}, {@code tags: rusty|open? open 0.91}. */
    public String question() {
        return doubt() + (answer().isEmpty() ? "" : " " + answer());
    }

    String doubt() {
        return head.name() + ": " + words(given) + "?";
    }

    /** Empty if nothing is suggested. */
    String answer() {
        return Double.isNaN(suggestedProbability)
                ? ""
                : String.format(Locale.ROOT, "%s %.2f", words(suggested), suggestedProbability);
    }

    private String words(List<String> categories) {
        return categories.isEmpty() ? "none" : String.join(TagCell.separator(head.categories()), categories);
    }

    /** The image and {@link #question}. */
    @Override
    public String toString() {
        return source + ": " + question();
    }
}
