package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.evaluation.internal.page.Gallery;
import io.github.multilabel.evaluation.internal.page.Picture;
import io.github.multilabel.evaluation.mistakes.Mistake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The images of a report.
 *
 * @param thumbnails the images
 * @param heatMaps the same with heat over them
 */
record Pictures(Thumbnails thumbnails, HeatMaps heatMaps) {

    /** An image that is one of several, or none. */
    @FunctionalInterface
    private interface Drawing {
        Optional<Pixels> draw() throws IOException;
    }

    /** An image and what is said of it. */
    Gallery.Item image(int row, String source, List<String> said) {
        List<Picture> pictures = new ArrayList<>();
        List<String> lines = new ArrayList<>(said);
        add(pictures, lines, Excerpt.of(source), () -> thumbnails.image(row));
        return new Gallery.Item(Excerpt.of(source), pictures, lines);
    }

    /** A mistake with its heat map. */
    Gallery.Item mistake(Mistake mistake, List<String> said) {
        Gallery.Item image = image(mistake.row(), mistake.source(), said);
        List<Picture> pictures = new ArrayList<>(image.pictures());
        List<String> lines = new ArrayList<>(image.lines());
        add(
                pictures,
                lines,
                "where head " + Excerpt.of(mistake.head().name()) + " looks for " + Excerpt.of(mistake.category()),
                () -> heatMaps.heatMap(mistake.row(), mistake.head().name(), mistake.category()));
        return new Gallery.Item(image.name(), pictures, lines);
    }

    private static void add(List<Picture> pictures, List<String> lines, String text, Drawing drawing) {
        try {
            drawing.draw().ifPresent(image -> pictures.add(Picture.of(text, image)));
        } catch (IOException e) {
            lines.add("cannot be shown: " + Excerpt.of(e.getMessage()));
        }
    }
}
