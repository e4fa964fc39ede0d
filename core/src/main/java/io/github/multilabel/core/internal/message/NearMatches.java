package io.github.multilabel.core.internal.message;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Helps a message about an unknown name to say which known ones were probably meant. */
public final class NearMatches {

    private static final int SHOWN = 12;
    /** What people type; the distance of longer texts takes long, and says little. */
    private static final int LONGEST = 200;

    private NearMatches() {}

    /**
     * Describes the known names for the end of a message: all of them if they are few, otherwise their number; and the
     * nearest to what was given.
     *
     * @return for example {@code "3 names [brand, type, year]; did you mean 'brand'?"}
     */
    public static String describe(String given, Collection<String> known) {
        List<String> shown = known.stream().limit(SHOWN).map(Excerpt::of).toList();
        String names = known.size()
                + (known.size() == 1 ? " name " : " names ")
                + (known.size() <= SHOWN ? shown.toString() : "(" + String.join(", ", shown) + ", ...)");
        return names + question(given, known);
    }

    /**
     * As {@link #describe}, as the end of a sentence.
     *
     * @return for example {@code "there are 3 names [brand, type, year]; did you mean 'brand'?"}
     */
    public static String thereAre(String given, Collection<String> known) {
        return (known.size() == 1 ? "there is " : "there are ") + describe(given, known);
    }

    /**
     * Asks whether the nearest of the known names were meant.
     *
     * @return for example {@code "; did you mean 'brand'?"}; empty if none is near
     */
    public static String question(String given, Collection<String> known) {
        List<String> near = near(given, known);
        return near.isEmpty() ? "" : "; did you mean '" + String.join("' or '", near) + "'?";
    }

    private static List<String> near(String given, Collection<String> known) {
        String wanted = given.strip().toLowerCase(Locale.ROOT);
        int reach = Math.max(1, wanted.length() / 3);
        if (wanted.length() > LONGEST) {
            return List.of();
        }
        return known.stream()
                .filter(name -> name.length() <= LONGEST)
                .filter(name -> distance(wanted, name.strip().toLowerCase(Locale.ROOT)) <= reach)
                .sorted(Comparator.comparingInt(
                        name -> distance(wanted, name.strip().toLowerCase(Locale.ROOT))))
                .limit(3)
                .toList();
    }

    /** Levenshtein's edit distance, in which two neighbours that changed places are one change. */
    private static int distance(String a, String b) {
        int[][] rows = new int[a.length() + 1][b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            rows[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            rows[i][0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                rows[i][j] = Math.min(change, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[a.length()][b.length()];
    }
}
