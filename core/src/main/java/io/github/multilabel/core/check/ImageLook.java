package io.github.multilabel.core.check;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;

/**
 * What an image looks like from afar.
 *
 * @param hash 64 bits, one for each two neighbours in a row of 9 x 8 greys: whether the left one is darker. Copies that
 *     were resized, compressed again or made brighter differ in few bits; see Krawetz, <a
 *     href="https://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html">Kind of Like That</a>
 *     (2013), where it is called dHash
 * @param colours the 9 x 8 colours themselves, to tell images of one structure from each other
 */
@SuppressWarnings("ArrayRecordComponent") // compared by distance only
record ImageLook(long hash, byte[] colours) {

    private static final int SIDE = 8;
    /** Of an image with less contrast than this, the bits tell nothing but noise. */
    private static final int LEAST_CONTRAST = 16;

    /** The look of an image, or null if it is too plain to have one. */
    static ImageLook of(Pixels image) {
        Pixels small = Resizer.resize(image, SIDE, SIDE + 1, Interpolation.BILINEAR);
        long hash = 0;
        int darkest = Integer.MAX_VALUE;
        int brightest = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x <= SIDE; x++) {
                int grey = grey(small, y, x);
                darkest = Math.min(darkest, grey);
                brightest = Math.max(brightest, grey);
                if (x < SIDE) {
                    hash = hash << 1 | (grey < grey(small, y, x + 1) ? 1 : 0);
                }
            }
        }
        return brightest - darkest < LEAST_CONTRAST ? null : new ImageLook(hash, small.rgb());
    }

    /** The mean will do: it is compared with itself only. */
    private static int grey(Pixels image, int y, int x) {
        return (image.get(y, x, 0) + image.get(y, x, 1) + image.get(y, x, 2)) / Pixels.CHANNELS;
    }

    /** The number of bits that differ, 0 to 64. */
    int distance(ImageLook other) {
        return Long.bitCount(hash ^ other.hash);
    }

    /** The mean difference of the colours, 0 to 255. */
    double colourDistance(ImageLook other) {
        int sum = 0;
        for (int i = 0; i < colours.length; i++) {
            sum += Math.abs((colours[i] & 0xff) - (other.colours[i] & 0xff));
        }
        return (double) sum / colours.length;
    }
}
