package io.github.multilabel.cars.synthetic;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/**
 * An image of a car: everything but the design (paint, place, size, direction, surroundings, light, noise) is drawn at
 * random, independently of the design, so that nothing else shows the labels.
 *
 * @param image the image, RGB, square
 * @param box around the car, in pixels
 */
record Scene(BufferedImage image, Rectangle box) {

    /** The fractions of the image's width that a car may have; all of it stays inside a centre crop of 0.875. */
    private static final double SMALLEST = 0.70;

    private static final double LARGEST = 0.84;
    private static final double BORDER = 0.07;
    private static final double TALLEST = 62;

    static Scene draw(CarDesign design, int size, RandomGenerator random) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        Rectangle box;
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            double scale = size * random.nextDouble(SMALLEST, LARGEST) / CarPainter.WIDTH;
            double width = CarPainter.WIDTH * scale;
            double left = random.nextDouble(size * BORDER, size * (1 - BORDER) - width);
            double ground = random.nextDouble(size * BORDER + TALLEST * scale, size * 0.9);
            box = new Rectangle((int) left, (int) (ground - TALLEST * scale), (int) width, (int) (TALLEST * scale));
            surroundings(g, size, ground - random.nextDouble(4, 20) * scale, random);
            g.setColor(new Color(0, 0, 0, 90));
            g.fill(new Ellipse2D.Double(left, ground - 4 * scale, width, 8 * scale));
            AffineTransform place = new AffineTransform();
            place.translate(left, ground);
            if (random.nextBoolean()) {
                place.translate(width, 0);
                place.scale(-1, 1);
            }
            place.scale(scale, -scale);
            place.rotate(random.nextDouble(-0.03, 0.03), CarPainter.WIDTH / 2, 0);
            g.transform(place);
            CarPainter.paint(g, design, paint(random));
        } finally {
            g.dispose();
        }
        noise(image, random);
        return new Scene(image, box);
    }

    private static void surroundings(Graphics2D g, int size, double horizon, RandomGenerator random) {
        Color near = tone(random);
        g.setPaint(new GradientPaint(0, 0, tone(random), 0, (float) horizon, tone(random)));
        g.fill(new Rectangle2D.Double(0, 0, size, size));
        int things = random.nextInt(7);
        for (int i = 0; i < things; i++) {
            g.setPaint(tone(random));
            double width = random.nextDouble(0.05, 0.4) * size;
            double height = random.nextDouble(0.05, 0.5) * size;
            double left = random.nextDouble(-0.1, 1) * size;
            g.fill(
                    random.nextBoolean()
                            ? new Rectangle2D.Double(left, horizon - height, width, height)
                            : new Ellipse2D.Double(left, horizon - height, width, height));
        }
        g.setPaint(new GradientPaint(0, (float) horizon, near, 0, size, tone(random)));
        g.fill(new Rectangle2D.Double(0, horizon, size, size - horizon));
    }

    private static Color tone(RandomGenerator random) {
        return Color.getHSBColor(random.nextFloat(), random.nextFloat(0, 0.3f), random.nextFloat(0.35f, 0.95f));
    }

    /** Another light, and the grain of a sensor. */
    private static void noise(BufferedImage image, RandomGenerator random) {
        int size = image.getWidth();
        double light = random.nextDouble(0.8, 1.15);
        double grain = random.nextDouble(2, 7);
        int[] row = new int[size];
        for (int y = 0; y < size; y++) {
            image.getRGB(0, y, size, 1, row, 0, size);
            for (int x = 0; x < size; x++) {
                double shift = random.nextGaussian() * grain;
                int pixel = row[x];
                row[x] = level(pixel >> 16, light, shift) << 16
                        | level(pixel >> 8, light, shift) << 8
                        | level(pixel, light, shift);
            }
            image.setRGB(0, y, size, 1, row, 0, size);
        }
    }

    private static int level(int channel, double light, double shift) {
        return (int) Math.max(0, Math.min(255, (channel & 0xff) * light + shift));
    }

    private static Color paint(RandomGenerator random) {
        float hue = random.nextFloat();
        boolean coloured = random.nextInt(4) > 0;
        return Color.getHSBColor(
                hue, coloured ? random.nextFloat(0.45f, 0.95f) : 0.05f, random.nextFloat(0.35f, 0.95f));
    }
}
