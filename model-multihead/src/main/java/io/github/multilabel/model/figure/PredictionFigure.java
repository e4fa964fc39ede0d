package io.github.multilabel.model.figure;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.drawing.Canvas;
import io.github.multilabel.core.internal.files.PngFile;
import io.github.multilabel.model.prediction.CategoryProbability;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Images with their predictions, as a PNG: beside each image, every head with its most probable categories as bars.
 *
 * <pre>{@code
 * Pixels image = ImageDecoder.strict().decode(ImageSource.of(file));
 * PredictionFigure.write(Path.of("car.png"), List.of(new Entry(image, predictor.predict(file))));
 * }</pre>
 */
public final class PredictionFigure {

    private static final int GAP = 16;
    private static final int IMAGE_WIDTH = 360;
    private static final int IMAGE_HEIGHT = 270;
    private static final int COLUMN = 380;
    private static final int NAME_WIDTH = 150;
    private static final int VALUE_WIDTH = 44;
    private static final int BAR_WIDTH = COLUMN - NAME_WIDTH - VALUE_WIDTH - 3 * 8;
    private static final int LINE = 20;
    private static final int TEXT = 13;
    private static final int HEADS_IN_A_COLUMN = 6;
    private static final int MOST_ACROSS = 3;
    private static final int CATEGORIES = 3;
    private static final Color BAR = new Color(0x00, 0x72, 0xB2);
    private static final Color OTHER_BAR = new Color(0x9F, 0xC5, 0xE0);
    private static final Color EMPTY_BAR = new Color(0xEC, 0xEE, 0xF1);

    private PredictionFigure() {}

    /**
     * An image and what a model predicts for it.
     *
     * @param image of any size
     */
    public record Entry(Pixels image, Prediction prediction) {}

    /**
     * Draws images one below the other, or up to three side by side where the figure would be higher than wide.
     *
     * @param file the PNG to write; replaced when complete
     * @param entries at least one
     * @throws IllegalArgumentException if there is none
     * @throws IOException if it cannot be written, or not be drawn on this machine because it has no fonts
     */
    public static void write(Path file, List<Entry> entries) throws IOException {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a figure needs at least one image with its prediction");
        }
        PngFile.write(file, () -> draw(entries));
    }

    private static BufferedImage draw(List<Entry> entries) {
        int width = entries.stream().mapToInt(PredictionFigure::width).max().orElseThrow();
        int height = entries.stream().mapToInt(PredictionFigure::height).max().orElseThrow();
        int across = 1;
        while (across < MOST_ACROSS && rows(entries, across) * height > across * width) {
            across++;
        }
        try (Canvas canvas = new Canvas(across * width, rows(entries, across) * height)) {
            for (int i = 0; i < entries.size(); i++) {
                draw(canvas, entries.get(i), i % across * width, i / across * height);
            }
            return canvas.image();
        }
    }

    private static int rows(List<Entry> entries, int across) {
        return (entries.size() + across - 1) / across;
    }

    private static int width(Entry entry) {
        return GAP + IMAGE_WIDTH + columns(entry) * (GAP + COLUMN) + GAP;
    }

    private static int columns(Entry entry) {
        return (entry.prediction().heads().size() + HEADS_IN_A_COLUMN - 1) / HEADS_IN_A_COLUMN;
    }

    /** That of the image with its name, or of the highest column of heads. */
    private static int height(Entry entry) {
        int highest = IMAGE_HEIGHT + LINE;
        List<HeadPrediction> heads = entry.prediction().heads();
        for (int first = 0; first < heads.size(); first += HEADS_IN_A_COLUMN) {
            int column = column(heads, first).stream()
                    .mapToInt(PredictionFigure::height)
                    .sum();
            highest = Math.max(highest, column);
        }
        return GAP + highest + GAP;
    }

    private static List<HeadPrediction> column(List<HeadPrediction> heads, int first) {
        return heads.subList(first, Math.min(heads.size(), first + HEADS_IN_A_COLUMN));
    }

    private static int height(HeadPrediction head) {
        return LINE * (1 + head.top(CATEGORIES).size()) + GAP;
    }

    private static void draw(Canvas canvas, Entry entry, int left, int top) {
        Pixels image = entry.image();
        double scale = Math.min((double) IMAGE_WIDTH / image.width(), (double) IMAGE_HEIGHT / image.height());
        int width = Math.max(1, (int) Math.round(image.width() * scale));
        int height = Math.max(1, (int) Math.round(image.height() * scale));
        canvas.image(image, left + GAP + (IMAGE_WIDTH - width) / 2, top + GAP, width, height);
        String source = Canvas.fileName(entry.prediction().source());
        canvas.text(source, Canvas.FAINT, TEXT, left + GAP, top + GAP + IMAGE_HEIGHT + LINE - 4, IMAGE_WIDTH);
        List<HeadPrediction> heads = entry.prediction().heads();
        for (int i = 0; i < columns(entry); i++) {
            int x = left + GAP + IMAGE_WIDTH + GAP + i * (COLUMN + GAP);
            int y = top + GAP;
            for (HeadPrediction head : column(heads, i * HEADS_IN_A_COLUMN)) {
                draw(canvas, head, x, y);
                y += height(head);
            }
        }
    }

    private static void draw(Canvas canvas, HeadPrediction head, int x, int top) {
        canvas.title(head.name(), Canvas.INK, TEXT, x, top + LINE - 6, COLUMN);
        List<CategoryProbability> shown = head.top(CATEGORIES);
        for (int i = 0; i < shown.size(); i++) {
            boolean isPredicted = head.predicted().contains(shown.get(i));
            draw(canvas, shown.get(i), isPredicted ? BAR : OTHER_BAR, x, top + (i + 1) * LINE);
        }
    }

    private static void draw(Canvas canvas, CategoryProbability one, Color bar, int x, int y) {
        int barX = x + NAME_WIDTH + 8;
        canvas.text(one.category(), Canvas.INK, TEXT, x, y + LINE - 6, NAME_WIDTH);
        canvas.bar(EMPTY_BAR, barX, y + 3, BAR_WIDTH, LINE - 7);
        canvas.bar(bar, barX, y + 3, (int) Math.round(BAR_WIDTH * one.probability()), LINE - 7);
        String value = String.format(Locale.ROOT, "%.2f", one.probability());
        canvas.text(value, Canvas.INK, TEXT, barX + BAR_WIDTH + 8, y + LINE - 6, VALUE_WIDTH);
    }
}
