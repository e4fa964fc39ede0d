package io.github.multilabel.data.table;

import io.github.multilabel.data.internal.text.LabelText;
import java.util.Locale;
import java.util.Map;

/** The names of the parts of a split, and the words that tables have for them. */
final class PartName {

    static final String TRAIN = "train";
    static final String VALIDATION = "validation";
    static final String TEST = "test";

    private static final Map<String, String> WORDS = Map.of(
            "train", TRAIN,
            "training", TRAIN,
            "validation", VALIDATION,
            "valid", VALIDATION,
            "val", VALIDATION,
            "dev", VALIDATION,
            "eval", VALIDATION,
            "test", TEST,
            "testing", TEST);

    private PartName() {}

    /** The name of the part that a cell means; one that is not among the usual words is a name of its own. */
    static String of(String cell) {
        String word = LabelText.clean(cell);
        return WORDS.getOrDefault(folded(word), word);
    }

    /** Whether a cell has one of the usual words. */
    static boolean isUsual(String cell) {
        return WORDS.containsKey(folded(LabelText.clean(cell)));
    }

    private static String folded(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]*set$", "");
    }
}
