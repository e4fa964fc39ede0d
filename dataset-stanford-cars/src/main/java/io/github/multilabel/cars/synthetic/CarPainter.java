package io.github.multilabel.cars.synthetic;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;

/**
 * Draws a car seen from its side and front: the side as it is, everything across the car drawn along one slanted
 * direction (an oblique projection). Units as in {@link BodyShape}, y up from the ground.
 */
final class CarPainter {

    /** The size of a drawing: from tail to nose, and across the car. */
    static final double ACROSS = 40;

    static final double RISE = 5;
    static final double WIDTH = BodyShape.LENGTH + ACROSS;

    private static final Color GLASS = new Color(0x2c3e4c);
    private static final Color GLASS_FRONT = new Color(0x4d6575);
    private static final Color TYRE = new Color(0x15161a);
    private static final Color CHROME = new Color(0xd9dde1);
    private static final Color CABIN = new Color(0x2a2220);

    private final Graphics2D g;
    private final CarDesign design;
    private final BodyShape shape;
    private final Styling styling;
    private final Color paint;

    private CarPainter(Graphics2D g, CarDesign design, Color paint) {
        this.g = g;
        this.design = design;
        this.shape = design.shape();
        this.styling = design.styling();
        this.paint = paint;
    }

    /** Draws a car with its tail at x = 0 and its wheels at y = 0. */
    static void paint(Graphics2D g, CarDesign design, Color paint) {
        new CarPainter(g, design, paint).paint();
    }

    private void paint() {
        fill(new Rectangle2D.Double(BodyShape.LENGTH + ACROSS - 10, RISE, 8, shape.clearance() + 3), TYRE);
        top();
        side();
        if (shape == BodyShape.CONVERTIBLE) {
            openCabin();
        }
        front();
        wheel(BodyShape.REAR_AXLE);
        wheel(BodyShape.FRONT_AXLE);
    }

    /** Roof, windscreen, bonnet: each piece of the outline, drawn across the car. */
    private void top() {
        List<Point2D> outline = shape.outline();
        for (int i = 1; i < outline.size(); i++) {
            boolean windscreen = shape.isWindscreen(i);
            Point2D from = outline.get(i - 1);
            Point2D to = outline.get(i);
            boolean bed = shape == BodyShape.PICKUP && i == 2;
            boolean seen = (to.getX() - from.getX()) * RISE - (to.getY() - from.getY()) * ACROSS > 0;
            if (seen) {
                Color colour = windscreen ? GLASS_FRONT : bed ? CABIN : shade(paint, 1.12);
                Path2D piece = across(from, to);
                fill(piece, colour);
                stroke(piece, shade(paint, 0.6), 0.5);
            }
        }
    }

    private static Path2D across(Point2D from, Point2D to) {
        return Outline.of(
                from.getX(),
                from.getY(),
                to.getX(),
                to.getY(),
                to.getX() + ACROSS,
                to.getY() + RISE,
                from.getX() + ACROSS,
                from.getY() + RISE);
    }

    private void side() {
        Path2D side = Outline.of(styling.shape(shape.outline()));
        fill(side, paint);
        stroke(side, shade(paint, 0.5), 0.8);
        for (List<Point2D> window : shape.windows()) {
            fill(Outline.of(window), GLASS);
        }
        double belt = shape.clearance() + 10;
        if (styling == Styling.EARLY) {
            fill(new Rectangle2D.Double(1, belt - 2.5, BodyShape.LENGTH - 2, 2.6), TYRE);
            fill(new Rectangle2D.Double(-1.5, shape.clearance() + 1, 7, 4), CHROME);
            fill(new Rectangle2D.Double(0.5, belt + 3, 3, 4), new Color(0xb3261e));
        } else {
            stroke(Outline.of(8, belt + 5, 70, belt + 3), shade(paint, 0.7), 0.8);
            fill(Outline.of(0.3, belt + 1, 9, belt + 4.5, 9, belt + 6, 0.3, belt + 7), new Color(0xe5281f));
            fill(new Rectangle2D.Double(24, shape.clearance() - 0.3, 31, 1.8), shade(paint, 0.45));
        }
        fill(new Rectangle2D.Double(36, belt + 2.4, 5, 1.2), shade(paint, 0.5));
    }

    /** The opening behind the windscreen, with the backs of the seats. */
    private void openCabin() {
        double belt = 26;
        Path2D opening =
                Outline.of(15, belt, 55, belt, 55 + ACROSS - 4, belt + RISE - 0.5, 15 + ACROSS - 4, belt + RISE - 0.5);
        fill(opening, CABIN);
        for (double seat : new double[] {24, 40}) {
            fill(new RoundRectangle2D.Double(seat + ACROSS * 0.55, belt + 1, 7, 10, 4, 4), new Color(0x8a4b32));
            fill(new RoundRectangle2D.Double(seat + 4, belt - 1, 7, 10, 4, 4), new Color(0xa65d3f));
        }
        Path2D windscreen =
                Outline.of(58, belt, 51, belt + 10, 51 + ACROSS, belt + 10 + RISE, 58 + ACROSS, belt + RISE);
        fill(windscreen, new Color(0x9977919f, true));
        stroke(windscreen, shade(paint, 0.45), 1.4);
        fill(Outline.of(0, belt - 4, 5, belt, 15, belt, 15, belt - 1), shade(paint, 1.1));
    }

    /** The face of the car, in the plane across it. */
    private void front() {
        AffineTransform before = g.getTransform();
        g.translate(BodyShape.LENGTH, 0);
        g.shear(0, RISE / ACROSS);
        double low = shape.clearance();
        double high = shape.noseHeight();
        Path2D face = Outline.of(0, low, 0, high + 2, ACROSS, high + 2, ACROSS, low);
        fill(face, shade(paint, 0.88));
        stroke(face, shade(paint, 0.5), 0.8);
        if (styling == Styling.EARLY) {
            fill(new Rectangle2D.Double(-1, low - 0.5, ACROSS + 1.5, 4.5), CHROME);
            stroke(new Rectangle2D.Double(-1, low - 0.5, ACROSS + 1.5, 4.5), shade(CHROME, 0.6), 0.5);
            for (double x : new double[] {1.2, ACROSS - 7.2}) {
                fill(new Rectangle2D.Double(x, high - 5.6, 6, 6), new Color(0xffe9a8));
                stroke(new Rectangle2D.Double(x, high - 5.6, 6, 6), TYRE, 0.9);
            }
        } else {
            fill(Outline.of(5, low + 0.6, 8, low + 3.2, ACROSS - 8, low + 3.2, ACROSS - 5, low + 0.6), TYRE);
            slimLight(0.6, 8.2, high);
            slimLight(ACROSS - 0.6, ACROSS - 8.2, high);
        }
        g.translate((ACROSS - BrandFace.WIDTH) / 2.0, high + 1);
        double height = high + 1 - low - 4.5;
        g.scale(1, -height / BrandFace.HEIGHT);
        design.face().draw(g);
        g.setTransform(before);
    }

    private void slimLight(double outer, double inner, double high) {
        fill(Outline.of(outer, high + 1.2, outer, high - 2.2, inner, high - 3.8, inner, high - 2.4), TYRE);
        stroke(Outline.of(outer, high + 0.2, inner, high - 2.9), new Color(0xeaf7ff), 1.3);
    }

    private void wheel(double x) {
        double r = shape.wheelRadius();
        fill(disc(x, r, r + 1.4), shade(paint, 0.25));
        fill(disc(x, r, r), TYRE);
        if (styling == Styling.EARLY) {
            fill(disc(x, r, r * 0.5), new Color(0x8f959b));
            fill(disc(x, r, r * 0.2), new Color(0x5b6065));
            return;
        }
        fill(disc(x, r, r * 0.78), new Color(0xe9edf0));
        for (int i = 0; i < 5; i++) {
            double angle = Math.PI * 2 * i / 5;
            fill(disc(x + Math.cos(angle) * r * 0.47, r + Math.sin(angle) * r * 0.47, r * 0.17), TYRE);
        }
    }

    private static Ellipse2D disc(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    private void fill(Shape area, Color colour) {
        g.setColor(colour);
        g.fill(area);
    }

    private void stroke(Shape line, Color colour, double width) {
        g.setColor(colour);
        g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(line);
    }

    private static Color shade(Color colour, double factor) {
        return new Color(
                channel(colour.getRed(), factor),
                channel(colour.getGreen(), factor),
                channel(colour.getBlue(), factor));
    }

    private static int channel(int value, double factor) {
        return (int) Math.min(255, Math.round(value * factor));
    }
}
