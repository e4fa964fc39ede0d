package io.github.multilabel.data.check;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;
import org.jspecify.annotations.Nullable;

/**
 * What an image looks like from afar: small enough to be kept of every image (1.2 KB), large enough to tell a copy,
 * also one that was resized, compressed again, mirrored or cut at the edges, from another image of the same kind.
 */
final class ImageLook {

    /** Of the small image in grey. */
    static final int SIDE = 32;
    /** Of the small image in colour. */
    static final int COLOUR_SIDE = 8;
    /** Of an image with less contrast than this, nothing but noise would be compared. */
    private static final int LEAST_CONTRAST = 16;

    private final byte[] grey;
    private final byte[] colours;
    private final @Nullable ImageLook inside;

    private ImageLook(byte[] grey, byte[] colours, @Nullable ImageLook inside) {
        this.grey = grey;
        this.colours = colours;
        this.inside = inside;
    }

    /** The look of an image, or null if it is too plain to have one. */
    static @Nullable ImageLook of(Pixels image) {
        @Nullable
        ImageLook inside =
                PlainFrame.inside(image).map(box -> of(image, box, null)).orElse(null);
        return of(image, new Box(0, 0, image.height(), image.width()), inside);
    }

    private static @Nullable ImageLook of(Pixels image, Box box, @Nullable ImageLook inside) {
        Pixels small = Resizer.resize(image, box, SIDE, SIDE, Interpolation.BILINEAR);
        byte[] grey = new byte[SIDE * SIDE];
        int[] sums = new int[COLOUR_SIDE * COLOUR_SIDE * Pixels.CHANNELS];
        int block = SIDE / COLOUR_SIDE;
        int darkest = Integer.MAX_VALUE;
        int brightest = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int sum = 0;
                for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
                    int value = small.get(y, x, channel);
                    sum += value;
                    sums[(y / block * COLOUR_SIDE + x / block) * Pixels.CHANNELS + channel] += value;
                }
                int mean = sum / Pixels.CHANNELS; // it is compared with its like only
                grey[y * SIDE + x] = (byte) mean;
                darkest = Math.min(darkest, mean);
                brightest = Math.max(brightest, mean);
            }
        }
        if (brightest - darkest < LEAST_CONTRAST) {
            return null;
        }
        byte[] colours = new byte[sums.length];
        for (int i = 0; i < sums.length; i++) {
            colours[i] = (byte) (sums[i] / (block * block));
        }
        return new ImageLook(grey, colours, inside);
    }

    /** {@value #SIDE} by {@value #SIDE} greys. */
    byte[] grey() {
        return grey;
    }

    /** {@value #COLOUR_SIDE} by {@value #COLOUR_SIDE} colours, RGB. */
    byte[] colours() {
        return colours;
    }

    /** The look of what is inside a plain frame, or null if there is none. */
    @Nullable
    ImageLook inside() {
        return inside;
    }
}
