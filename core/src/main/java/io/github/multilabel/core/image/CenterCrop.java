package io.github.multilabel.core.image;

import io.github.multilabel.core.image.Preprocessing.Interpolation;

/**
 * Resizes the shorter side and keeps the middle, as torchvision's {@code Resize} and {@code CenterCrop} do, but
 * computes only the pixels that are kept.
 */
final class CenterCrop {

    private CenterCrop() {}

    /**
     * @param shorter the length of the shorter side after resizing
     * @param size of the square that is kept; where the resized image is smaller, it is padded with black
     */
    static Pixels apply(Pixels image, int shorter, int size, Interpolation interpolation) {
        int side = Math.min(image.height(), image.width());
        Axis rows = Axis.of(image.height(), side, shorter, size);
        Axis columns = Axis.of(image.width(), side, shorter, size);
        Pixels kept = Resizer.apply(image, rows.taps(interpolation), columns.taps(interpolation));
        return rows.kept() == size && columns.kept() == size ? kept : padded(kept, rows.pad(), columns.pad(), size);
    }

    private static Pixels padded(Pixels kept, int top, int left, int size) {
        int rowBytes = kept.width() * Pixels.CHANNELS;
        byte[] rgb = new byte[size * size * Pixels.CHANNELS];
        for (int y = 0; y < kept.height(); y++) {
            System.arraycopy(kept.rgb(), y * rowBytes, rgb, ((top + y) * size + left) * Pixels.CHANNELS, rowBytes);
        }
        return new Pixels(size, size, rgb);
    }

    /**
     * One side of the image.
     *
     * @param length before
     * @param resized after, which can be huge for an image like a line
     * @param from the first pixel that is kept
     * @param kept how many are
     * @param pad how much black comes before them
     */
    record Axis(int length, long resized, long from, int kept, int pad) {

        static Axis of(int length, int side, int shorter, int size) {
            long resized = length == side ? shorter : (long) ((double) shorter * length / side);
            if (resized < size) {
                return new Axis(length, resized, 0, (int) resized, (int) (size - resized) / 2);
            }
            // Python's round(): halves go to the even neighbour
            return new Axis(length, resized, (long) Math.rint((resized - size) / 2.0), size, 0);
        }

        Taps taps(Interpolation interpolation) {
            return Taps.of(length, 0, length, resized, from, kept, interpolation);
        }
    }
}
