package io.github.multilabel.data.sheet;

import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.sheet.ContactSheet;
import io.github.multilabel.core.image.sheet.ContactSheet.Tile;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.data.augment.Draw;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What an augmentation makes of your own photos, as a PNG to look at before hours of training. */
public final class AugmentationSheet {

    private AugmentationSheet() {}

    /**
     * Draws a row for each photo: first what evaluation sees, then what training may see.
     *
     * @param file the PNG to write; replaced when complete
     * @param photos at least one, whole, with what is to stand under the row's first image
     * @param preprocessing of the model
     * @param versions how many random ones follow in a row, at least 1
     * @param seed another one gives other images
     * @throws IOException if it cannot be written
     */
    public static void write(
            Path file,
            List<Tile> photos,
            Augmentation augmentation,
            Preprocessing preprocessing,
            int versions,
            long seed)
            throws IOException {
        if (versions < 1) {
            throw new IllegalArgumentException("a sheet with " + versions + " versions of a photo; needs at least 1");
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<Tile> tiles = new ArrayList<>();
        for (Tile photo : photos) {
            tiles.add(new Tile(preprocessing.apply(photo.image()), photo.caption()));
            for (int i = 0; i < versions; i++) {
                tiles.add(
                        new Tile(augmentation.apply(Draw.of(photo.image(), preprocessing, random.split())), List.of()));
            }
        }
        ContactSheet.of(tiles).withColumns(versions + 1).write(file);
    }
}
