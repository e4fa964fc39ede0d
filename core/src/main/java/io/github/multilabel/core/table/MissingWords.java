package io.github.multilabel.core.table;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words with which tools and people say that they know nothing: what pandas takes for missing when it reads a table
 * ({@code na_values}), what databases and spreadsheets write, and what people do.
 */
final class MissingWords {

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
            "#n/a n/a",
            "#na",
            "#n/a",
            "-1.#ind",
            "1.#ind",
            "-1.#qnan",
            "1.#qnan",
            "#nv",
            "#ref!",
            "#value!",
            "#div/0!",
            "#name?",
            "#null!",
            "#num!",
            "missing",
            "undefined",
            "unknown",
            "not available",
            "not applicable",
            "not known",
            "no data",
            "k.a.",
            "k. a.",
            "unbekannt",
            "inconnu",
            "inconnue",
            "desconocido",
            "desconocida",
            "sconosciuto",
            "tbd",
            "todo");

    /** Signs alone, as people put them where they know nothing. */
    private static final Pattern SIGNS = Pattern.compile("[?\\-\u2010-\u2015\u2212._~*/\\\\#\u2026]+");

    private static final Pattern BRACKETS = Pattern.compile("<(.+)>|\\((.+)\\)|\\[(.+)\\]|\\{(.+)\\}|\"(.+)\"|'(.+)'");

    private MissingWords() {}

    /** Whether a label, in any case and with or without brackets or quotes, is a usual word for nothing. */
    static boolean isOne(String label) {
        if (label.length() > 20) {
            return false;
        }
        String word = Normalizer.normalize(label, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String bare = BRACKETS.matcher(word).matches() ? word.substring(1, word.length() - 1) : word;
        return WORDS.contains(bare.strip()) || SIGNS.matcher(word).matches();
    }
}
