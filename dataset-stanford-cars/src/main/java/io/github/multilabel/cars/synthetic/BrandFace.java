package io.github.multilabel.cars.synthetic;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/**
 * The grille and the badge, which show the brand, drawn into a field of {@value #WIDTH} by {@value #HEIGHT}, y down.
 * They are drawings in the spirit of each brand, no logos.
 */
enum BrandFace {
    AUDI("Audi", "A4") {
        @Override
        void draw(Graphics2D g) {
            opening(g, Outline.of(2, 0, 20, 0, 22, 5, 18, 13, 4, 13, 0, 5), 1.6f);
            g.setColor(Color.WHITE);
            g.setStroke(new BasicStroke(1.1f));
            for (int i = 0; i < 4; i++) {
                g.draw(new Ellipse2D.Double(3.6 + 3.3 * i, 3.6, 4.8, 4.8));
            }
        }
    },
    BMW("BMW", "328i") {
        @Override
        void draw(Graphics2D g) {
            opening(g, new RoundRectangle2D.Double(0.5, 3.5, 9.5, 9.5, 5, 5), 1.4f);
            opening(g, new RoundRectangle2D.Double(12, 3.5, 9.5, 9.5, 5, 5), 1.4f);
            badge(g, new Ellipse2D.Double(8, -3.5, 6, 6), new Color(0x2d7fd6));
        }
    },
    CHEVROLET("Chevrolet", "Malibu") {
        @Override
        void draw(Graphics2D g) {
            opening(g, new Rectangle2D.Double(0, 0, 22, 13), 1);
            Color gold = new Color(0xf0b323);
            g.setColor(gold);
            g.fill(new Rectangle2D.Double(0, 5.2, 22, 2.6));
            badge(
                    g,
                    Outline.of(
                            4, 4.2, 8, 4.2, 8, 2.8, 14, 2.8, 14, 4.2, 18, 4.2, 17, 8.8, 14, 8.8, 14, 10.2, 8, 10.2, 8,
                            8.8, 5, 8.8),
                    gold);
        }
    },
    DODGE("Dodge", "Charger") {
        @Override
        void draw(Graphics2D g) {
            opening(g, Outline.of(0, 0, 22, 0, 19, 13, 3, 13), 1);
            g.setColor(CHROME);
            g.fill(new Rectangle2D.Double(9.2, 0, 3.6, 13));
            g.fill(new Rectangle2D.Double(1, 4.9, 20, 3.2));
            badge(g, Outline.of(7.5, 3, 14.5, 3, 14, 8, 11, 11, 8, 8), new Color(0xd81e2c));
        }
    },
    FORD("Ford", "Focus") {
        @Override
        void draw(Graphics2D g) {
            opening(g, new RoundRectangle2D.Double(0, 0, 22, 13, 4, 4), 0.6f);
            g.setColor(CHROME);
            for (int i = 0; i < 3; i++) {
                g.fill(new Rectangle2D.Double(0.5, 1.4 + 4.1 * i, 21, 2.2));
            }
            badge(g, new Ellipse2D.Double(4, 2.7, 14, 7.6), new Color(0x123f9e));
        }
    },
    JEEP("Jeep", "Compass") {
        @Override
        void draw(Graphics2D g) {
            for (int i = 0; i < 7; i++) {
                opening(g, new RoundRectangle2D.Double(0.3 + 3.1 * i, 0, 2.2, 13, 2, 2), 0.3f);
            }
        }
    },
    LAND_ROVER("Land Rover", "Discovery") {
        @Override
        void draw(Graphics2D g) {
            opening(g, new Rectangle2D.Double(0, 1, 22, 12), 0.5f);
            g.setColor(new Color(0x6b7076));
            g.setStroke(new BasicStroke(0.5f));
            for (int i = 1; i < 8; i++) {
                g.draw(new Line2D.Double(2.75 * i, 1, 2.75 * i, 13));
            }
            g.draw(new Line2D.Double(0, 5, 22, 5));
            g.draw(new Line2D.Double(0, 9, 22, 9));
            badge(g, new Ellipse2D.Double(14, 8, 7, 4), new Color(0x0b6b3a));
        }
    },
    TOYOTA("Toyota", "Corolla") {
        @Override
        void draw(Graphics2D g) {
            opening(g, new RoundRectangle2D.Double(2, 0.5, 18, 3, 2, 2), 0.4f);
            opening(g, Outline.of(4, 7, 18, 7, 22, 13, 0, 13), 0.4f);
            g.setColor(CHROME);
            g.setStroke(new BasicStroke(0.8f));
            g.draw(new Ellipse2D.Double(8.5, -0.6, 5, 4.4));
        }
    },
    VOLVO("Volvo", "S60") {
        @Override
        void draw(Graphics2D g) {
            opening(g, new Rectangle2D.Double(2, 0, 18, 13), 0.9f);
            g.setColor(CHROME);
            g.setStroke(new BasicStroke(1.8f));
            g.draw(new Line2D.Double(3, 12, 19, 1));
        }
    };

    static final int WIDTH = 22;
    static final int HEIGHT = 13;

    private static final Color CHROME = new Color(0xe4e8ec);
    private static final Color DARK = new Color(0x17191c);

    private final String brand;
    private final String model;

    BrandFace(String brand, String model) {
        this.brand = brand;
        this.model = model;
    }

    /** Draws grille and badge. */
    abstract void draw(Graphics2D g);

    String brand() {
        return brand;
    }

    /** A model for the name of the class; it is not drawn. */
    String model() {
        return model;
    }

    private static void opening(Graphics2D g, Shape shape, float frame) {
        g.setColor(DARK);
        g.fill(shape);
        g.setColor(CHROME);
        g.setStroke(new BasicStroke(frame));
        g.draw(shape);
    }

    private static void badge(Graphics2D g, Shape shape, Color colour) {
        g.setColor(colour);
        g.fill(shape);
        g.setColor(Color.WHITE);
        g.setStroke(new BasicStroke(0.8f));
        g.draw(shape);
    }
}
