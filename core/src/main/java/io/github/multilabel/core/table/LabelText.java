package io.github.multilabel.core.table;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;

/** What counts as the same label, and in which order labels come. */
final class LabelText {

    /** By Unicode's numbers: the same on every machine and in every locale, unlike any alphabet. */
    static final Comparator<String> ORDER = LabelText::compare;

    private static final int BYTE_ORDER_MARK = 0xfeff;
    private static final int ZERO_WIDTH_SPACE = 0x200b;

    private LabelText() {}

    /**
     * A text without what nobody sees: blanks of any kind at its ends, characters without width, and whether an umlaut
     * is one character or two (it becomes Unicode's NFC). Line breaks become blanks.
     */
    static String clean(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder kept = new StringBuilder(composed.length());
        composed.codePoints()
                .filter(c -> c != BYTE_ORDER_MARK && c != ZERO_WIDTH_SPACE)
                .map(c -> isBlank(c) ? ' ' : c)
                .forEach(kept::appendCodePoint);
        return kept.toString().strip();
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    private static int compare(String a, String b) {
        return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }
}
