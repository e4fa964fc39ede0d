package io.github.multilabel.evaluation.internal.page;

import java.util.Locale;

/** Numbers as the page says them, the same in every locale. */
public final class Figures {

    /** What is said of a number that is not defined. */
    public static final String UNDEFINED = "n/a";

    private Figures() {}

    /** A whole number, such as {@code 12,345}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A number of things, such as {@code 1 image} and {@code 2 images}. */
    public static String count(long count, String thing) {
        return count(count) + " " + thing + (count == 1 ? "" : thing.endsWith("y") ? "" : "s");
    }

    /**
     * A share in [0, 1] in percent, such as {@code 91.2 %}; what is not all is not told as all, nor what is not none.
     */
    public static String share(double share) {
        if (Double.isNaN(share)) {
            return UNDEFINED;
        }
        double percent = 100 * share;
        double shown = share < 1 && percent > 99.9 ? 99.9 : share > 0 && percent < 0.1 ? 0.1 : percent;
        return String.format(Locale.ROOT, "%.1f\u00a0%%", shown);
    }

    /** Two shares in percent, such as {@code 90.0-93.1}. */
    static String between(double low, double high) {
        return String.format(Locale.ROOT, "%.1f\u2013%.1f", 100 * low, 100 * high);
    }

    /** The same in whole percent, such as {@code 89-94}, which have the exact ones between them. */
    static String wholeBetween(double low, double high) {
        return String.format(Locale.ROOT, "%.0f\u2013%.0f", Math.floor(100 * low), Math.ceil(100 * high));
    }

    /** A score such as F1, with three digits. */
    public static String score(double score) {
        return Double.isNaN(score) ? UNDEFINED : String.format(Locale.ROOT, "%.3f", score);
    }

    /** A number of any size, with four digits that count. */
    public static String number(double number) {
        if (!Double.isFinite(number)) {
            return UNDEFINED;
        }
        double size = Math.abs(number);
        return size != 0 && (size < 1e-3 || size >= 1e6)
                ? String.format(Locale.ROOT, "%.3g", number)
                : String.format(Locale.ROOT, "%.4f", number).replaceAll("\\.?0+$", "");
    }
}
