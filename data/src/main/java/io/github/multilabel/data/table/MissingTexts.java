package io.github.multilabel.data.table;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The texts that the user takes for a missing label. */
final class MissingTexts {

    private final Set<String> texts = new HashSet<>();
    private boolean usual;

    void add(List<String> more) {
        more.forEach(text -> texts.add(folded(text)));
    }

    void addUsual() {
        usual = true;
    }

    /** Whether a text, cleaned, is one of them, in any case; an empty one may mean something else. */
    boolean contains(String text) {
        return !text.isEmpty() && (texts.contains(folded(text)) || usual && MissingWords.isOne(text));
    }

    private static String folded(String text) {
        return LabelText.clean(text).toLowerCase(Locale.ROOT);
    }
}
