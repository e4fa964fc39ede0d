package io.github.multilabel.cars.synthetic;

import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;

/** How the cars of a cohort are styled: early ones are angular with chrome, late ones round with slim lights. */
enum Styling {
    EARLY(2007, 0),
    LATE(2012, 2);

    private final int year;
    private final int roundings;

    Styling(int year, int roundings) {
        this.year = year;
        this.roundings = roundings;
    }

    /** A model year of this cohort. */
    int year() {
        return year;
    }

    /** An open line with its corners cut as often as the styling asks, by Chaikin's algorithm. */
    List<Point2D> shape(List<Point2D> line) {
        List<Point2D> shaped = line;
        for (int i = 0; i < roundings; i++) {
            shaped = cutCorners(shaped);
        }
        return shaped;
    }

    private static List<Point2D> cutCorners(List<Point2D> line) {
        List<Point2D> cut = new ArrayList<>(List.of(line.get(0)));
        for (int i = 1; i < line.size(); i++) {
            Point2D from = line.get(i - 1);
            Point2D to = line.get(i);
            if (i > 1) {
                cut.add(between(from, to, 0.25));
            }
            if (i < line.size() - 1) {
                cut.add(between(from, to, 0.75));
            }
        }
        cut.add(line.get(line.size() - 1));
        return cut;
    }

    private static Point2D between(Point2D from, Point2D to, double fraction) {
        return new Point2D.Double(
                from.getX() + fraction * (to.getX() - from.getX()), from.getY() + fraction * (to.getY() - from.getY()));
    }
}
