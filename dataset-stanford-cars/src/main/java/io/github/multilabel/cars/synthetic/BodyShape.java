package io.github.multilabel.cars.synthetic;

import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;

/**
 * The silhouettes. Lengths are in units of which a car is 78 long; x runs from the tail to the nose, y up from the
 * ground.
 */
enum BodyShape {
    CONVERTIBLE("Convertible", 8.2, outline(0, 7, 0, 22, 5, 26, 57, 26, 76, 25, 78, 22, 78, 7), List.of()),
    COUPE(
            "Coupe",
            8.2,
            outline(0, 7, 0, 21, 5, 25, 30, 37, 43, 37, 58, 26, 76, 25, 78, 22, 78, 7),
            List.of(outline(13, 27, 31, 35.5, 42.5, 35.5, 54, 27))),
    SUV(
            "SUV",
            10,
            outline(0, 10, 0, 31, 3, 48, 50, 48, 58, 33, 77, 32, 78, 28, 78, 10),
            List.of(
                    outline(2.5, 34, 4.5, 46, 16, 46, 16, 34),
                    outline(18.5, 34, 18.5, 46, 33, 46, 33, 34),
                    outline(35.5, 34, 35.5, 46, 49, 46, 55, 34))),
    VAN(
            "Van",
            8.6,
            outline(0, 8, 0, 30, 1, 54, 57, 54, 70, 31, 77, 29, 78, 26, 78, 8),
            List.of(outline(42, 34, 42, 51, 56, 51, 65, 34))),
    SEDAN(
            "Sedan",
            8.2,
            outline(0, 7, 0, 25, 15, 27, 24, 39, 43, 39, 56, 27, 76, 25, 78, 22, 78, 7),
            List.of(outline(18.5, 28, 25, 37.5, 33, 37.5, 33, 28), outline(35, 28, 35, 37.5, 42.5, 37.5, 52.5, 28))),
    PICKUP(
            "Crew Cab",
            10,
            outline(0, 11, 0, 30, 30, 30, 31, 47, 50, 47, 59, 33, 77, 32, 78, 28, 78, 11),
            List.of(outline(33, 34, 33, 45, 40.5, 45, 40.5, 34), outline(43, 34, 43, 45, 49.5, 45, 56, 34)));

    static final double LENGTH = 78;
    static final double REAR_AXLE = 16;
    static final double FRONT_AXLE = 63;

    private final String body;
    private final double wheelRadius;
    private final List<Point2D> outline;
    private final List<List<Point2D>> windows;

    BodyShape(String body, double wheelRadius, List<Point2D> outline, List<List<Point2D>> windows) {
        this.body = body;
        this.wheelRadius = wheelRadius;
        this.outline = outline;
        this.windows = windows;
    }

    private static List<Point2D> outline(double... xy) {
        List<Point2D> points = new ArrayList<>();
        for (int i = 0; i < xy.length; i += 2) {
            points.add(new Point2D.Double(xy[i], xy[i + 1]));
        }
        return List.copyOf(points);
    }

    /** The body style, as the names of cars say it. */
    String body() {
        return body;
    }

    double wheelRadius() {
        return wheelRadius;
    }

    /** From the bottom of the tail over the roof to the bottom of the nose. */
    List<Point2D> outline() {
        return outline;
    }

    /** The side windows. */
    List<List<Point2D>> windows() {
        return windows;
    }

    /** Whether the part of the outline before a point is the windscreen: the slope between bonnet and roof. */
    boolean isWindscreen(int end) {
        Point2D from = outline.get(end - 1);
        Point2D to = outline.get(end);
        return this != CONVERTIBLE && from.getX() > 40 && from.getY() - to.getY() > 8 && to.getX() < 75;
    }

    /** The lowest point of the body. */
    double clearance() {
        return outline.get(0).getY();
    }

    /** The upper edge of the front. */
    double noseHeight() {
        return outline.get(outline.size() - 2).getY();
    }
}
