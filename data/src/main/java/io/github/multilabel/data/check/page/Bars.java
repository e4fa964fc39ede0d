package io.github.multilabel.data.check.page;

import io.github.multilabel.core.internal.message.Excerpt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A table whose rows have a bar each; a bar has a piece for each part of the data. */
final class Bars {

    /** So many colours there are; more parts begin with the first again. */
    private static final int COLOURS = 6;

    private final String caption;
    private final List<String> columns;
    private final List<Row> rows = new ArrayList<>();

    /** @param numbers in words, one for each column; the bar is left of them */
    private record Row(String name, long[] pieces, List<String> numbers, boolean ofTheData) {}

    /**
     * Starts a table.
     *
     * @param caption what the names of the rows are
     * @param columns the heads of the numbers, right of the bar
     */
    Bars(String caption, List<String> columns) {
        this.caption = caption;
        this.columns = columns;
    }

    /** Adds a row whose name is of the data. */
    void add(String name, long[] pieces, List<String> numbers) {
        rows.add(new Row(name, pieces, numbers, true));
    }

    /** Adds a row whose name is the page's. */
    void addOwn(String name, long[] pieces, List<String> numbers) {
        rows.add(new Row(name, pieces, numbers, false));
    }

    /** As wide as the widest bar needs. */
    void write(Html html) {
        write(html, rows.stream().mapToLong(row -> sum(row.pieces())).max().orElse(0));
    }

    /** @param whole what a bar over the whole width stands for */
    void write(Html html, long whole) {
        html.markup("<table class=\"bars\" style=\"--columns:" + columns.size() + "\">\n<thead><tr><th>")
                .text(caption)
                .markup("</th><td></td>");
        columns.forEach(column -> html.markup("<th>").given(Excerpt.of(column)).markup("</th>"));
        html.markup("</tr></thead>\n<tbody>\n");
        for (Row row : rows) {
            html.markup("<tr><th>");
            if (row.ofTheData()) {
                html.given(Excerpt.of(row.name()));
            } else {
                html.text(row.name());
            }
            html.markup("</th><td class=\"bar\">");
            for (int piece = 0; piece < row.pieces().length; piece++) {
                if (row.pieces()[piece] > 0) {
                    html.markup(String.format(
                            Locale.ROOT,
                            "<i class=\"part%d\" style=\"width:%.2f%%\"></i>",
                            piece % COLOURS,
                            100.0 * row.pieces()[piece] / whole));
                }
            }
            html.markup("</td>");
            row.numbers().forEach(number -> html.markup("<td>").text(number).markup("</td>"));
            html.markup("</tr>\n");
        }
        html.markup("</tbody></table>\n");
    }

    /** Says which colour is which part; nothing if there is only one. */
    static void legend(Html html, List<String> parts) {
        if (parts.size() > 1) {
            html.markup("<p class=\"legend\">");
            IntStream.range(0, parts.size())
                    .forEach(part -> html.markup("<span><i class=\"part" + part % COLOURS + "\"></i> ")
                            .given(Excerpt.of(parts.get(part)))
                            .markup("</span> "));
            html.markup("</p>\n");
        }
    }

    static long sum(long... pieces) {
        return Arrays.stream(pieces).sum();
    }
}
