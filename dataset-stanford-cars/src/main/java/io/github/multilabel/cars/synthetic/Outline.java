package io.github.multilabel.cars.synthetic;

import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.List;
import java.util.stream.DoubleStream;

/** Closed areas from their corners. */
final class Outline {

    private Outline() {}

    /** The area within corners, given as x, y, x, y and so on. */
    static Path2D of(double... xy) {
        Path2D path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        path.closePath();
        return path;
    }

    /** The area within corners. */
    static Path2D of(List<Point2D> corners) {
        return of(corners.stream()
                .flatMapToDouble(corner -> DoubleStream.of(corner.getX(), corner.getY()))
                .toArray());
    }
}
