package io.github.multilabel.serving;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Resizer;
import io.github.multilabel.core.internal.drawing.Canvas;
import io.github.multilabel.core.internal.files.PngFile;
import io.github.multilabel.model.explain.HeatMap;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A photo with what in it speaks for a category.
 *
 * @param category of which the map is
 * @param probability of the category, 0 to 1
 * @param isBlank whether nothing in the image speaks for it
 * @param picture the photo in grey with the heat over it, its longer side at most 512 pixels
 */
public record HeatPicture(String category, double probability, boolean isBlank, Pixels picture) {

    private static final int SIDE = 512;

    static HeatPicture of(HeatMap map, Pixels photo) {
        return new HeatPicture(map.category(), map.probability(), map.isBlank(), map.over(Resizer.within(photo, SIDE)));
    }

    /** The picture as a PNG file. */
    public byte[] png() {
        try {
            return PngFile.bytes(Canvas.toImage(picture));
        } catch (IOException e) { // of a Java without its image writers
            throw new UncheckedIOException(e);
        }
    }
}
