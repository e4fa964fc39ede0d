package io.github.multilabel.core.image.sheet;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.drawing.Canvas;
import io.github.multilabel.core.internal.files.PngFile;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Images side by side with their captions underneath, as a PNG.
 *
 * <pre>{@code
 * ContactSheet.of(tiles).withTitle("the first batch").write(Path.of("sheet.png"));
 * }</pre>
 *
 * <p>Immutable; any number of threads may write it.
 *
 * @param title above the images; empty for none
 * @param tiles at least one
 * @param columns in a row, at least 1; 0 for about the shape of a screen
 * @param side the longer side of each image on the sheet, in pixels, at least 1; 0 for the size that it has
 */
public record ContactSheet(String title, List<Tile> tiles, int columns, int side) {

    private static final int GAP = 8;
    private static final int LINE = 15;
    private static final int TEXT = 12;
    private static final int TITLE = 16;
    private static final double SCREEN = 1.5;

    /** @throws IllegalArgumentException if there is no tile, or a number is negative */
    public ContactSheet {
        tiles = List.copyOf(tiles);
        if (tiles.isEmpty()) {
            throw new IllegalArgumentException("a contact sheet needs at least one image");
        }
        if (columns < 0 || side < 0) {
            throw new IllegalArgumentException("a contact sheet of " + columns + " columns, with images of " + side
                    + " pixels; needs at least 1, or 0 to leave it open");
        }
    }

    /** What a line of a caption says of the image. */
    public enum Tone {
        /** Neither good nor bad. */
        PLAIN(Canvas.INK),
        /** Beside the point, such as the name of a file. */
        FAINT(Canvas.FAINT),
        /** As it should be. */
        RIGHT(new Color(0x00, 0x6B, 0x4F)),
        /** Not as it should be. */
        WRONG(new Color(0xB8, 0x3A, 0x00));

        private final Color colour;

        Tone(Color colour) {
            this.colour = colour;
        }
    }

    /** A line of a caption; what is too wide for its image is cut off. */
    public record Line(String text, Tone tone) {

        /** The text. */
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * An image and the lines of text under it.
     *
     * @param caption possibly none
     */
    public record Tile(Pixels image, List<Line> caption) {

        /** Keeps a copy of the caption. */
        public Tile {
            caption = List.copyOf(caption);
        }

        /** An image with plain lines. */
        public static Tile of(Pixels image, List<String> caption) {
            return new Tile(
                    image,
                    caption.stream().map(line -> new Line(line, Tone.PLAIN)).toList());
        }
    }

    /** A sheet without a title, with images as large as they are. */
    public static ContactSheet of(List<Tile> tiles) {
        return new ContactSheet("", tiles, 0, 0);
    }

    /** The same sheet with a line above the images. */
    public ContactSheet withTitle(String title) {
        return new ContactSheet(title, tiles, columns, side);
    }

    /** The same sheet with a number of images in a row. */
    public ContactSheet withColumns(int columns) {
        return new ContactSheet(title, tiles, columns, side);
    }

    /** The same sheet with images whose longer side has a number of pixels. */
    public ContactSheet withSide(int side) {
        return new ContactSheet(title, tiles, columns, side);
    }

    /**
     * Writes the sheet. Each cell is as large as the largest image and the longest caption.
     *
     * @param file the PNG to write; replaced when complete
     * @throws IOException if it cannot be written, or not be drawn on this machine because it has no fonts
     */
    public void write(Path file) throws IOException {
        PngFile.write(file, this::draw);
    }

    private BufferedImage draw() {
        int cellWidth = GAP + largest(this::width);
        int imageHeight = largest(this::height);
        int cellHeight =
                GAP + imageHeight + LINE * largest(tile -> tile.caption().size());
        int across = columns > 0 ? columns : screen(cellWidth, cellHeight);
        int rows = (tiles.size() + across - 1) / across;
        int top = title.isEmpty() ? GAP : 2 * GAP + TITLE;
        try (Canvas canvas = new Canvas(across * cellWidth + GAP, rows * cellHeight + top)) {
            canvas.title(title, Canvas.INK, TITLE, GAP, top - GAP, across * cellWidth - GAP);
            for (int i = 0; i < tiles.size(); i++) {
                int x = GAP + i % across * cellWidth;
                int y = top + i / across * cellHeight;
                Tile tile = tiles.get(i);
                canvas.image(tile.image(), x, y, width(tile), height(tile));
                caption(canvas, tile.caption(), x, y + imageHeight, cellWidth - GAP);
            }
            return canvas.image();
        }
    }

    private static void caption(Canvas canvas, List<Line> caption, int x, int y, int width) {
        for (int i = 0; i < caption.size(); i++) {
            Line line = caption.get(i);
            canvas.text(line.text(), line.tone().colour, TEXT, x, y + (i + 1) * LINE - 2, width);
        }
    }

    /** As many in a row as make about the shape of a screen. */
    private int screen(int cellWidth, int cellHeight) {
        double ratio = (double) cellHeight / cellWidth;
        return Math.min(tiles.size(), Math.max(1, (int) Math.round(Math.sqrt(tiles.size() * SCREEN * ratio))));
    }

    private int largest(ToIntFunction<Tile> size) {
        return tiles.stream().mapToInt(size).max().orElseThrow();
    }

    private int width(Tile tile) {
        return scaled(tile.image().width(), tile.image());
    }

    private int height(Tile tile) {
        return scaled(tile.image().height(), tile.image());
    }

    private int scaled(int length, Pixels image) {
        return side == 0
                ? length
                : Math.max(1, Math.round((float) length * side / Math.max(image.width(), image.height())));
    }
}
