package io.github.multilabel.data.internal.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words with which tools and people say that they know nothing: what pandas takes for missing when it reads a table
 * ({@code na_values}), what databases and spreadsheets write, and what people do.
 */
public final class MissingWords {

    private static final Set<String> WORDS = Set.of(
            "nan",
            "-nan",
            "na",
            "n/a",
            "n.a.",
            "n.a",
            "none",
            "null",
            "nil",
            "nat",
            "\\n",
            "\\\\n",
            "#n/a n/a",
            "#na",
            "#n/a",
            "-1.#ind",
            "1.#ind",
            "-1.#qnan",
            "1.#qnan",
            "#nv",
            "pd.na",
            "na character",
            "unk",
            "undef",
            "missing",
            "undefined",
            "unknown",
            "unspecified",
            "unlabeled",
            "unlabelled",
            "not available",
            "not applicable",
            "not known",
            "not set",
            "not specified",
            "not provided",
            "not labeled",
            "not labelled",
            "no data",
            "no value",
            "no label",
            "no answer",
            "no info",
            "don't know",
            "n/d",
            "n.d.",
            "k.a.",
            "k. a.",
            "k.a",
            "k/a",
            "keine angabe",
            "keine angaben",
            "ohne angabe",
            "nicht bekannt",
            "n.v.",
            "s/o",
            "s.o.",
            "s/d",
            "unbekannt",
            "inconnu",
            "inconnue",
            "desconocido",
            "desconocida",
            "sconosciuto",
            "desconhecido",
            "\u043d\u0435\u0438\u0437\u0432\u0435\u0441\u0442\u043d\u043e",
            "\u043d\u0435\u0442 \u0434\u0430\u043d\u043d\u044b\u0445",
            "\u4e0d\u660e",
            "\u672a\u77e5",
            "tbd",
            "tba",
            "todo");

    /** What spreadsheets write for an empty cell when they group; without brackets, a shelf may be so. */
    private static final Set<String> IN_BRACKETS = Set.of("blank", "empty", "leer", "vide", "vac\u00edas", "vuoto");

    /** Errors of spreadsheets in any language, such as #REF! and #WERT!. */
    private static final Pattern ERROR = Pattern.compile("#\\p{L}[\\p{L}\\d_/]*[!?]");

    /** Signs alone, as people put them where they know nothing. */
    private static final Pattern SIGNS = Pattern.compile("[?\\-\u2010-\u2015\u2212._~*/\\\\#\u2026]+");

    private static final Pattern BRACKETS = Pattern.compile("<(.+)>|\\((.+)\\)|\\[(.+)\\]|\\{(.+)\\}|\"(.+)\"|'(.+)'");

    private MissingWords() {}

    /** Whether a label, in any case and with or without brackets or quotes, is a usual word for nothing. */
    public static boolean isOne(String label) {
        if (label.length() > 20) {
            return false;
        }
        String word = Normalizer.normalize(label, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        boolean brackets = BRACKETS.matcher(word).matches();
        String bare = (brackets ? word.substring(1, word.length() - 1) : word).strip();
        return WORDS.contains(bare)
                || WORDS.contains(inWords(bare))
                || brackets && IN_BRACKETS.contains(bare)
                || ERROR.matcher(bare).matches()
                || SIGNS.matcher(word).matches();
    }

    /** As people would write what programs do: {@code __not-applicable__} is not applicable, and {@code NONE.} none. */
    private static String inWords(String word) {
        return word.replaceAll("^_+|[_.,;:]+$", "").replaceAll("[\\s_-]+", " ");
    }
}
