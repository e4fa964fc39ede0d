package io.github.multilabel.data.internal.text;

import io.github.multilabel.core.internal.message.LookAlikes;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;

/** What counts as the same label, and in which order labels come. */
public final class LabelText {

    /** By Unicode's numbers: the same on every machine and in every locale, unlike any alphabet. */
    public static final Comparator<String> ORDER = LabelText::compare;

    private static final int JOINER = 0x200d;
    private static final int NON_JOINER = 0x200c;
    private static final int EMOJI_STYLE = 0xfe0f;
    private static final int FIRST_TAG = 0xe0020;
    private static final int BRAILLE_BLANK = 0x2800;
    private static final int LAST_TAG = 0xe007f;
    /** Marks on Arabic letters, which are no script's own. */
    private static final int FIRST_VOWEL = 0x64b;

    private static final int LAST_VOWEL = 0x655;

    /** The scripts whose letters are joined or not as an invisible letter between them says. */
    private static final Set<UnicodeScript> JOINING = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.BENGALI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI,
            UnicodeScript.ORIYA,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.KANNADA,
            UnicodeScript.MALAYALAM,
            UnicodeScript.SINHALA,
            UnicodeScript.MYANMAR,
            UnicodeScript.KHMER);

    private LabelText() {}

    /**
     * A text without what nobody sees: blanks of any kind at its ends, invisible letters, and whether an umlaut is one
     * character or two (it becomes Unicode's NFC). Line breaks become blanks. What makes one emoji of several, or joins
     * the letters of a word, stays.
     */
    public static String clean(String text) {
        String cleaned = text;
        String before = "";
        while (!isPlain(cleaned) && !cleaned.equals(before)) { // to put marks in order changes their neighbours
            before = cleaned;
            cleaned = cleanOnce(cleaned);
        }
        return cleaned;
    }

    private static String cleanOnce(String text) {
        int[] letters = text.codePoints().toArray();
        StringBuilder kept = new StringBuilder(text.length());
        boolean flag = false; // as that of Scotland: a black one, and invisible letters that name the region
        for (int i = 0; i < letters.length; i++) {
            flag = letters[i] >= FIRST_TAG && letters[i] <= LAST_TAG && (flag || i > 0 && isSymbol(letters[i - 1]));
            if (!LookAlikes.isInvisible(letters[i]) || flag || isJoiner(letters, i)) {
                kept.appendCodePoint(isBlank(letters[i]) ? ' ' : letters[i]);
            }
        }
        return Normalizer.normalize(kept, Normalizer.Form.NFC).strip();
    }

    /** Most labels are, and there are millions of them. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean inner = i > 0 && i < text.length() - 1;
            if (c < ' ' || c > '~' || c == ' ' && !inner) {
                return false;
            }
        }
        return true;
    }

    private static boolean isJoiner(int[] letters, int i) {
        if (letters[i] != JOINER && letters[i] != NON_JOINER || i == 0 || i == letters.length - 1) {
            return false;
        }
        int before = letters[i - 1] == EMOJI_STYLE && i > 1 ? letters[i - 2] : letters[i - 1];
        int after = letters[i + 1];
        return isSymbol(before) && isSymbol(after) || isJoining(before) && isJoining(after);
    }

    private static boolean isSymbol(int c) {
        int type = Character.getType(c);
        return type == Character.OTHER_SYMBOL || type == Character.MODIFIER_SYMBOL;
    }

    private static boolean isJoining(int c) {
        return JOINING.contains(UnicodeScript.of(c)) || c >= FIRST_VOWEL && c <= LAST_VOWEL;
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c) || c == BRAILLE_BLANK;
    }

    private static int compare(String a, String b) {
        return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }
}
