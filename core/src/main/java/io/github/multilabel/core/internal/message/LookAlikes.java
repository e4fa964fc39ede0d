package io.github.multilabel.core.internal.message;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds names that people take for the same and a computer does not, such as {@code SUV} and {@code suv}. */
public final class LookAlikes {

    /** A number as spreadsheets and scripts write it: 1, 01, 1.0, 1,0, 1,000.5, 1e3. */
    private static final Pattern NUMBER = Pattern.compile(
            "(-?)\\+?(?:(\\d{1,3}(?:,\\d{3})+(?:\\.\\d*)?)|(\\d+(?:[.,]\\d*)?|[.,]\\d+))(e[+-]?\\d{1,3})?");

    /** What is measured, such as 1.5 l, 10%, 20 \u00b0c and 150 km/h. */
    private static final Pattern MEASURE =
            Pattern.compile("(.*[\\d.,])\\s*(%|\\p{Sc}|\u00b0?\\p{L}{1,4}(?:/\\p{L}{1,4})?)", Pattern.DOTALL);

    /** Beyond it, digits are no number that somebody counts or measures. */
    private static final int LONGEST_NUMBER = 40;

    /** Unicode's Default_Ignorable_Code_Point, first and last of each range: nothing is seen where one of these is. */
    private static final int[] INVISIBLE = {
        0xad, 0xad, 0x34f, 0x34f, 0x61c, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x200b, 0x200f, 0x202a,
        0x202e, 0x2060, 0x206f, 0x3164, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xfeff, 0xffa0, 0xffa0, 0xfff0, 0xfff8, 0x1bca0,
        0x1bca3, 0x1d173, 0x1d17a, 0xe0000, 0xe0fff
    };

    /** Cyrillic and Greek letters that are printed like Latin ones, in one case at least. */
    private static final String FOREIGN =
            "\u0430\u0432\u0435\u0451\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455"
                    + "\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7";

    private static final String LATIN = "abeekmhopctyxijs" + "abezhikmnoptyx";

    /** Letters with a stroke, which to Unicode is no accent, and those without. */
    private static final String STROKES = "\u00f8\u0142\u0111\u0127\u0167";

    private static final String WITHOUT_STROKES = "oldht";

    private static final String QUOTES = "'\"`\u00b4\u02b9\u02bc\u2032\u2033\u201a\u201e";
    private static final String DOTS = ".\u00b7\u2022\u2024\u2027\u30fb";
    private static final String ENDS = ",;:!";
    private static final int OBJECT = 0xfffc; // in the place of something that is no text
    private static final int MINUS = 0x2212;
    private static final int FIRST_ACCENT = 0x300;
    private static final int LAST_ACCENT = 0x36f;

    private LookAlikes() {}

    /**
     * A text that is equal for names that look alike or are the same number: case, blanks, dashes, quotes, dots,
     * accents, full width, invisible letters, and Cyrillic or Greek letters printed like Latin ones make no difference.
     * It is for comparing only, not for people to read.
     */
    public static String fold(String name) {
        String plain = plain(name);
        String number = number(plain);
        if (number != null) {
            return number;
        }
        int[] letters =
                Normalizer.normalize(plain, Normalizer.Form.NFKD).codePoints().toArray();
        StringBuilder folded = new StringBuilder();
        for (int i = 0; i < letters.length; i++) {
            if (isKept(letters, i)) {
                folded.appendCodePoint(isDash(letters[i]) ? '-' : latin(letters[i]));
            }
        }
        String kept = Normalizer.normalize(folded, Normalizer.Form.NFC);
        return kept.isEmpty() ? plain : kept;
    }

    /** Whether a name is a number, as far as {@link #fold} is concerned. */
    public static boolean isNumber(String name) {
        return number(plain(name)) != null;
    }

    private static String plain(String name) {
        return visible(Normalizer.normalize(name, Normalizer.Form.NFKC))
                .strip()
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /** The number that a text is, in one way of writing, with its unit if it has one; null if it is none. */
    private static @Nullable String number(String plain) {
        if (plain.length() > LONGEST_NUMBER) {
            return null;
        }
        Matcher measure = MEASURE.matcher(plain);
        String bare = bareNumber(plain);
        if (bare != null || !measure.matches()) {
            return bare;
        }
        String value = bareNumber(measure.group(1));
        return value == null ? null : value + measure.group(2);
    }

    private static @Nullable String bareNumber(String plain) {
        Matcher number =
                NUMBER.matcher(plain.isEmpty() || !isDash(plain.codePointAt(0)) ? plain : "-" + plain.substring(1));
        if (!number.matches()) {
            return null;
        }
        String digits = number.group(2) == null
                ? number.group(3).replace(',', '.')
                : number.group(2).replace(",", "");
        String exponent = number.group(4) == null ? "" : number.group(4);
        return new BigDecimal(number.group(1) + digits + exponent)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static boolean isKept(int[] letters, int i) {
        int c = letters[i];
        boolean inner = i > 0 && i < letters.length - 1;
        boolean betweenDigits = inner && Character.isDigit(letters[i - 1]) && Character.isDigit(letters[i + 1]);
        if (c == '_' || isDash(c)) {
            return !inner || betweenDigits; // the grade A- is not A
        }
        if (DOTS.indexOf(c) >= 0) {
            return betweenDigits;
        }
        if (ENDS.indexOf(c) >= 0) {
            return inner;
        }
        return !Character.isWhitespace(c) && !Character.isSpaceChar(c) && !isQuote(c) && !isAccent(letters, i);
    }

    private static boolean isDash(int c) {
        return Character.getType(c) == Character.DASH_PUNCTUATION || c == MINUS;
    }

    private static boolean isQuote(int c) {
        int type = Character.getType(c);
        return type == Character.INITIAL_QUOTE_PUNCTUATION
                || type == Character.FINAL_QUOTE_PUNCTUATION
                || QUOTES.indexOf(c) >= 0;
    }

    /** In other scripts such marks make other letters. */
    private static boolean isAccent(int[] letters, int i) {
        if (letters[i] < FIRST_ACCENT || letters[i] > LAST_ACCENT) {
            return false;
        }
        int base = i;
        while (base > 0 && Character.getType(letters[base]) == Character.NON_SPACING_MARK) {
            base--;
        }
        Character.UnicodeScript script = Character.UnicodeScript.of(letters[base]);
        return script == Character.UnicodeScript.LATIN || script == Character.UnicodeScript.GREEK;
    }

    private static int latin(int c) {
        int foreign = FOREIGN.indexOf(c);
        int stroke = STROKES.indexOf(c);
        return foreign >= 0 ? LATIN.charAt(foreign) : stroke >= 0 ? WITHOUT_STROKES.charAt(stroke) : c;
    }

    private static String visible(String text) {
        return text.codePoints()
                .filter(c -> !isInvisible(c) && !isUnseen(c))
                .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c) // of any script
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Whether nothing is seen where this character is, as of a zero width space; blanks are not meant. */
    public static boolean isInvisible(int codePoint) {
        for (int i = 0; i < INVISIBLE.length && INVISIBLE[i] <= codePoint; i += 2) {
            if (codePoint <= INVISIBLE[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** What programs leave between letters: most fonts show nothing there, or an empty box. */
    private static boolean isUnseen(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT || type == Character.PRIVATE_USE || c == OBJECT;
    }

    /**
     * Names that look alike, for a message: those whose difference is not seen on a screen are shown with the numbers
     * of their characters.
     *
     * @return for example {@code "'BMW' and '\u0412MW' (with U+0412)"}
     */
    public static String describe(Collection<String> alike) {
        boolean latin = alike.stream()
                .flatMapToInt(String::codePoints)
                .anyMatch(c -> Character.isLetter(c) && Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN);
        return alike.stream()
                .map(name -> "'" + Excerpt.of(name) + "'" + unseen(name, latin))
                .collect(Collectors.joining(" and "));
    }

    private static String unseen(String name, boolean latin) {
        String numbers = name.codePoints()
                .filter(c -> isInvisible(c) || isUnseen(c) || latin && FOREIGN.indexOf(Character.toLowerCase(c)) >= 0)
                .distinct()
                .mapToObj(c -> String.format(Locale.ROOT, "U+%04X", c))
                .collect(Collectors.joining(", "));
        return numbers.isEmpty() ? "" : " (with " + numbers + ")";
    }
}
