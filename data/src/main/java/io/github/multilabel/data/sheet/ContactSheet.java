package io.github.multilabel.data.sheet;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.files.PngFile;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;

/** Images side by side with their captions underneath, as a PNG: what a model is shown, for a person to look at. */
public final class ContactSheet {

    private static final int GAP = 8;
    private static final int LINE = 15;
    private static final Color BACKGROUND = Color.WHITE;
    private static final Color INK = new Color(0x20, 0x20, 0x20);

    private ContactSheet() {}

    /** An image and the lines of text under it. */
    public record Tile(Pixels image, List<String> caption) {}

    /**
     * Writes the tiles row by row in about the shape of a screen.
     *
     * @param file the PNG to write; replaced when complete
     * @param tiles at least one; each cell is as large as the largest image and the longest caption
     * @throws IOException if it cannot be drawn or written, see {@link PngFile}
     */
    public static void write(Path file, List<Tile> tiles) throws IOException {
        PngFile.write(file, () -> draw(tiles, columns(tiles)));
    }

    /**
     * Writes the tiles row by row.
     *
     * @param file the PNG to write; replaced when complete
     * @param tiles at least one; each cell is as large as the largest image and the longest caption
     * @param columns in a row, at least 1
     * @throws IOException if it cannot be drawn or written, see {@link PngFile}
     */
    public static void write(Path file, List<Tile> tiles, int columns) throws IOException {
        if (columns < 1) {
            throw new IllegalArgumentException("a contact sheet of " + columns + " columns; needs at least 1");
        }
        PngFile.write(file, () -> draw(tiles, columns));
    }

    /** As many as make about the shape of a screen. */
    private static int columns(List<Tile> tiles) {
        double ratio = (double) cellHeight(tiles) / cellWidth(tiles);
        return Math.min(tiles.size(), Math.max(1, (int) Math.round(Math.sqrt(tiles.size() * 1.5 * ratio))));
    }

    private static int cellWidth(List<Tile> tiles) {
        return GAP + largest(tiles, tile -> tile.image().width());
    }

    private static int cellHeight(List<Tile> tiles) {
        return GAP
                + largest(tiles, tile -> tile.image().height())
                + LINE * largest(tiles, tile -> tile.caption().size());
    }

    private static int largest(List<Tile> tiles, ToIntFunction<Tile> size) {
        return tiles.stream()
                .mapToInt(size)
                .max()
                .orElseThrow(() -> new IllegalArgumentException("a contact sheet needs at least one image"));
    }

    static BufferedImage draw(List<Tile> tiles, int columns) {
        int width = largest(tiles, tile -> tile.image().width());
        int height = largest(tiles, tile -> tile.image().height());
        int cellWidth = cellWidth(tiles);
        int cellHeight = cellHeight(tiles);
        int rows = (tiles.size() + columns - 1) / columns;
        BufferedImage sheet =
                new BufferedImage(columns * cellWidth + GAP, rows * cellHeight + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(BACKGROUND);
            graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12)); // not a constant: a machine may have no fonts
            for (int i = 0; i < tiles.size(); i++) {
                draw(
                        graphics,
                        tiles.get(i),
                        GAP + i % columns * cellWidth,
                        GAP + i / columns * cellHeight,
                        width,
                        height);
            }
        } finally {
            graphics.dispose();
        }
        return sheet;
    }

    private static void draw(Graphics2D graphics, Tile tile, int x, int y, int width, int height) {
        graphics.drawImage(toImage(tile.image()), x, y, null);
        graphics.setColor(INK);
        FontMetrics metrics = graphics.getFontMetrics();
        for (int line = 0; line < tile.caption().size(); line++) {
            String text = tile.caption().get(line);
            graphics.drawString(shortened(text, metrics, width), x, y + height + (line + 1) * LINE - 2);
        }
    }

    private static String shortened(String text, FontMetrics metrics, int width) {
        String shown = text;
        for (int length = text.length(); metrics.stringWidth(shown) > width && length > 0; length--) {
            shown = text.substring(0, length).stripTrailing() + "\u2026";
        }
        return shown;
    }

    private static BufferedImage toImage(Pixels pixels) {
        BufferedImage image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < pixels.height(); y++) {
            for (int x = 0; x < pixels.width(); x++) {
                image.setRGB(x, y, pixels.get(y, x, 0) << 16 | pixels.get(y, x, 1) << 8 | pixels.get(y, x, 2));
            }
        }
        return image;
    }
}
