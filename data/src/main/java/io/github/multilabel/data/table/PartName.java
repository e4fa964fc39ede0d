package io.github.multilabel.data.table;

import io.github.multilabel.data.Split;
import io.github.multilabel.data.internal.text.LabelText;
import java.util.Locale;
import java.util.Map;

/** The words that tables have for the parts of a split. */
final class PartName {

    private static final Map<String, Split> WORDS = Map.of(
            "train", Split.TRAIN,
            "training", Split.TRAIN,
            "validation", Split.VALIDATION,
            "valid", Split.VALIDATION,
            "val", Split.VALIDATION,
            "dev", Split.VALIDATION,
            "eval", Split.VALIDATION,
            "test", Split.TEST,
            "testing", Split.TEST);

    private PartName() {}

    /** The name of the part that a cell means; one that is not among the usual words is a name of its own. */
    static String of(String cell) {
        String word = LabelText.clean(cell);
        Split usual = WORDS.get(folded(word));
        return usual == null ? word : usual.part();
    }

    /** Whether a cell has one of the usual words. */
    static boolean isUsual(String cell) {
        return WORDS.containsKey(folded(LabelText.clean(cell)));
    }

    private static String folded(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]*set$", "");
    }
}
