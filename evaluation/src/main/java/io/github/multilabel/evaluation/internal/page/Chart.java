package io.github.multilabel.evaluation.internal.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Lines over an axis, with bars behind them. Coordinates are those of a picture of {@link #WIDTH} by {@link #HEIGHT}
 * units.
 *
 * @param title what it shows
 * @param description what one sees in it, in words
 * @param across the axis at the bottom
 * @param upward the axis at the left
 * @param lines the lines
 * @param bars the bars, behind the lines
 */
public record Chart(String title, String description, Axis across, Axis upward, List<Line> lines, List<Bar> bars) {

    static final int WIDTH = 360;
    static final int HEIGHT = 230;
    static final int LEFT = 48;
    static final int TOP = 8;
    static final int RIGHT = 348;
    static final int BOTTOM = 190;

    /** Copies the lists. */
    public Chart {
        lines = List.copyOf(lines);
        bars = List.copyOf(bars);
    }

    /**
     * A line; where a value is NaN it is interrupted.
     *
     * @param name in the legend
     * @param style of colour and dashes, from 0; {@link #GUIDE} for a line that is no figure
     * @param x its places across
     * @param y its heights, as many
     */
    public record Line(String name, int style, List<Double> x, List<Double> y) {

        /** The style of a line to compare with, such as a diagonal. */
        public static final int GUIDE = 9;

        /** Copies the lists. */
        public Line {
            x = List.copyOf(x);
            y = List.copyOf(y);
        }
    }

    /**
     * A bar that stands on the axis at the bottom.
     *
     * @param from its left edge
     * @param to its right edge
     * @param height its height
     */
    public record Bar(double from, double to, double height) {}

    /** The pieces of a line that are not interrupted, as SVG says points. */
    List<String> pieces(Line line) {
        List<String> pieces = new ArrayList<>();
        List<String> points = new ArrayList<>();
        for (int i = 0; i <= line.x().size(); i++) {
            if (i < line.x().size()
                    && Double.isFinite(line.x().get(i))
                    && Double.isFinite(line.y().get(i))) {
                points.add(place(across.at(line.x().get(i))) + ","
                        + place(upward.at(line.y().get(i))));
            } else if (!points.isEmpty()) {
                if (points.size() == 1) {
                    points.add(points.get(0)); // with round ends, a dot
                }
                pieces.add(String.join(" ", points));
                points.clear();
            }
        }
        return pieces;
    }

    String left(Bar bar) {
        return place(across.at(bar.from()) + 0.5);
    }

    String top(Bar bar) {
        return place(upward.at(bar.height()));
    }

    String width(Bar bar) {
        return place(Math.max(0.5, across.at(bar.to()) - across.at(bar.from()) - 1));
    }

    String height(Bar bar) {
        return place(BOTTOM - upward.at(bar.height()));
    }

    /** The lines of the legend; a single one says what the title says. */
    List<Line> legend() {
        return lines.size() > 1 ? lines : List.of();
    }

    static String place(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** For whoever cannot see it. */
    String words() {
        return description.isEmpty() ? lines.stream().map(Line::name).collect(Collectors.joining(", ")) : description;
    }
}
