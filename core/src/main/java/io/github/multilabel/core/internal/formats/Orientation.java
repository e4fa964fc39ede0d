package io.github.multilabel.core.internal.formats;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The eight ways in which a camera can have been held, in the order of the EXIF tag's values 1 to 8: what has to be
 * done to the stored image to see it upright.
 */
public enum Orientation {
    UPRIGHT(false, false, false),
    MIRROR(false, true, false),
    ROTATE_180(false, true, true),
    FLIP(false, false, true),
    TRANSPOSE(true, false, false),
    ROTATE_CLOCKWISE(true, false, true),
    TRANSVERSE(true, true, true),
    ROTATE_ANTICLOCKWISE(true, true, false);

    private static final byte[] HEAD = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private final boolean transposed;
    private final boolean fromRight;
    private final boolean fromBottom;

    /**
     * @param transposed whether rows become columns
     * @param fromRight whether the stored columns are taken from the right
     * @param fromBottom whether the stored rows are taken from the bottom
     */
    Orientation(boolean transposed, boolean fromRight, boolean fromBottom) {
        this.transposed = transposed;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /**
     * Reads the tag; an image without a usable one is taken as upright, because a photo is worth more than its notes.
     *
     * @param exif the EXIF block, from its TIFF header on or from {@code Exif} and two zeros before that
     * @return empty if there is no usable tag
     */
    static Optional<Orientation> ofExif(byte[] exif) {
        boolean headed = Arrays.equals(HEAD, 0, HEAD.length, exif, 0, Math.min(HEAD.length, exif.length));
        byte[] block = headed ? Arrays.copyOfRange(exif, HEAD.length, exif.length) : exif;
        Metadata metadata = new Metadata();
        new ExifReader().extract(new ByteArrayReader(block), metadata);
        ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer value = directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return value == null || value < 1 || value > values().length
                ? Optional.empty()
                : Optional.of(values()[value - 1]);
    }

    /**
     * The sides of the upright image.
     *
     * @param stored of which the sides count
     */
    public Box upright(Box stored) {
        return transposed ? new Box(0, 0, stored.width(), stored.height()) : stored;
    }

    /**
     * Where a part of the upright image is stored.
     *
     * @param height of the stored image
     * @param width of the stored image
     */
    public Box stored(Box upright, int height, int width) {
        int rows = transposed ? upright.width() : upright.height();
        int columns = transposed ? upright.height() : upright.width();
        int top = transposed ? upright.left() : upright.top();
        int left = transposed ? upright.top() : upright.left();
        return new Box(
                fromBottom ? height - top - rows : top, fromRight ? width - left - columns : left, rows, columns);
    }

    /** Whether the upright rows are counted from where the stored image ends. */
    public boolean rowsFromEnd() {
        return transposed ? fromRight : fromBottom;
    }

    /** Whether the upright columns are counted from where the stored image ends. */
    public boolean columnsFromEnd() {
        return transposed ? fromBottom : fromRight;
    }

    /** Turns a stored image upright. */
    public Pixels apply(Pixels stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int height = transposed ? stored.width() : stored.height();
        int width = transposed ? stored.height() : stored.width();
        byte[] rgb = new byte[stored.rgb().length];
        int target = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int row = transposed ? x : y;
                int column = transposed ? y : x;
                int source = ((fromBottom ? stored.height() - 1 - row : row) * stored.width()
                                + (fromRight ? stored.width() - 1 - column : column))
                        * Pixels.CHANNELS;
                rgb[target++] = stored.rgb()[source];
                rgb[target++] = stored.rgb()[source + 1];
                rgb[target++] = stored.rgb()[source + 2];
            }
        }
        return new Pixels(height, width, rgb);
    }
}
