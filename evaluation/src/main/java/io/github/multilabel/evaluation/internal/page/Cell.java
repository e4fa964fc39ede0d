package io.github.multilabel.evaluation.internal.page;

import io.github.multilabel.core.internal.message.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A cell of a {@link Table}.
 *
 * @param text what it says
 * @param order the number that a column is sorted by; empty for a text, and for a number that is undefined
 * @param isNumber whether it stands at the right
 * @param bars drawn instead of the text, which is read out in their place; empty for none
 */
public record Cell(String text, String order, boolean isNumber, List<Bar> bars) {

    /**
     * A piece of a bar.
     *
     * @param start from the left, in percent of the cell
     * @param width in percent of the cell
     * @param series which colour it has, from 0
     */
    public record Bar(String start, String width, int series) {}

    /** A name or another text of the data; long ones are cut. */
    public static Cell text(String text) {
        return new Cell(Excerpt.of(text), "", false, List.of());
    }

    /** A whole number. */
    public static Cell count(long count) {
        return new Cell(Figures.count(count), Long.toString(count), true, List.of());
    }

    /** A share in [0, 1], in percent; NaN is undefined. */
    public static Cell share(double share) {
        return number(Figures.share(share), share);
    }

    /** A share with the bounds of its interval, in percent; bounds that are NaN are left out. */
    public static Cell share(double share, double low, double high) {
        String bounds = Double.isNaN(low) || Double.isNaN(high) ? "" : " (" + Figures.between(low, high) + ")";
        return number(Figures.share(share) + bounds, share);
    }

    /** A share with the bounds of its interval in whole percent, for a table of many columns. */
    public static Cell shareWithin(double share, double low, double high) {
        String bounds = Double.isNaN(low) || Double.isNaN(high) ? "" : " (" + Figures.wholeBetween(low, high) + ")";
        return number(Figures.share(share) + bounds, share);
    }

    /** A score such as F1, with three digits. */
    public static Cell score(double score) {
        return number(Figures.score(score), score);
    }

    /**
     * A number in words of its own.
     *
     * @param value that the column is sorted by; NaN comes last
     */
    public static Cell number(String text, double value) {
        return new Cell(text, Double.isNaN(value) ? "" : Double.toString(value), true, List.of());
    }

    /**
     * A bar with a piece for each series.
     *
     * @param whole what a bar over the whole width stands for
     */
    public static Cell bar(long whole, long... pieces) {
        List<Bar> bars = new ArrayList<>();
        long sum = 0;
        for (int series = 0; series < pieces.length; series++) {
            if (pieces[series] > 0) {
                bars.add(new Bar(percent(sum, whole), percent(pieces[series], whole), series));
            }
            sum += pieces[series];
        }
        return new Cell("", Long.toString(sum), true, bars);
    }

    boolean isBar() {
        return isNumber && text.isEmpty();
    }

    /** Whether it is a number in words. */
    boolean isWritten() {
        return isNumber && !text.isEmpty();
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.2f", 100.0 * part / Math.max(1, whole));
    }
}
