package io.github.multilabel.data.internal.text;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The texts that the user takes for a missing label. */
public final class MissingTexts {

    private final Set<String> texts = new HashSet<>();
    private boolean usual;

    public void add(List<String> more) {
        more.forEach(text -> texts.add(folded(text)));
    }

    public void addUsual() {
        usual = true;
    }

    /** Whether a text, cleaned, is one of them, in any case; an empty one may mean something else. */
    public boolean contains(String text) {
        return !text.isEmpty() && (texts.contains(folded(text)) || usual && MissingWords.isOne(text));
    }

    private static String folded(String text) {
        return LabelText.clean(text).toLowerCase(Locale.ROOT);
    }
}
