package io.github.multilabel.core.internal.drawing;

import io.github.multilabel.core.image.Pixels;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A white image to draw on: images, text and bars, in the style of all sheets and figures. */
public final class Canvas implements AutoCloseable {

    public static final Color INK = new Color(0x20, 0x20, 0x20);
    public static final Color FAINT = new Color(0x70, 0x70, 0x70);

    private final BufferedImage image;
    private final Graphics2D graphics;

    /** Makes an empty one, in pixels. */
    public Canvas(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
    }

    /** What was drawn until now. */
    public BufferedImage image() {
        return image;
    }

    /** Draws an image into a rectangle, resized if it has another size. */
    public void image(Pixels pixels, int x, int y, int width, int height) {
        graphics.drawImage(toImage(pixels), x, y, width, height, null);
    }

    /** Fills a rectangle. */
    public void bar(Color colour, int x, int y, int width, int height) {
        graphics.setColor(colour);
        graphics.fillRect(x, y, width, height);
    }

    /**
     * Writes a line, cut off with an ellipsis where it would be wider.
     *
     * @param size of the font in points
     * @param baseline the y on which letters stand
     */
    public void text(String text, Color colour, int size, int x, int baseline, int width) {
        text(text, colour, Font.PLAIN, size, x, baseline, width);
    }

    /** Writes a line in bold type, as {@link #text} does. */
    public void title(String text, Color colour, int size, int x, int baseline, int width) {
        text(text, colour, Font.BOLD, size, x, baseline, width);
    }

    /** The last part of a path or an address: captions are narrow. */
    public static String fileName(String source) {
        return source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
    }

    private void text(String text, Color colour, int style, int size, int x, int baseline, int width) {
        graphics.setFont(new Font(Font.SANS_SERIF, style, size)); // not a constant: a machine may have no fonts
        graphics.setColor(colour);
        graphics.drawString(shortened(text, graphics.getFontMetrics(), width), x, baseline);
    }

    private static String shortened(String text, FontMetrics metrics, int width) {
        String shown = text;
        for (int length = text.length(); metrics.stringWidth(shown) > width && length > 0; length--) {
            shown = text.substring(0, length).stripTrailing() + "\u2026";
        }
        return shown;
    }

    public static BufferedImage toImage(Pixels pixels) {
        BufferedImage image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < pixels.height(); y++) {
            for (int x = 0; x < pixels.width(); x++) {
                image.setRGB(x, y, pixels.get(y, x, 0) << 16 | pixels.get(y, x, 1) << 8 | pixels.get(y, x, 2));
            }
        }
        return image;
    }

    /** Ends drawing; the image stays. */
    @Override
    public void close() {
        graphics.dispose();
    }
}
