package io.github.multilabel.core.image;

import io.github.multilabel.core.image.Preprocessing.Interpolation;

/**
 * Resizes an image so that it covers the input, and keeps the middle, but computes only the pixels that are kept. For
 * squares as torchvision's {@code Resize} and {@code CenterCrop} do, for rectangles, to which torchvision's do not
 * resize, as timm's {@code ResizeKeepRatio} and {@code CenterCrop}.
 */
final class CenterCrop {

    private CenterCrop() {}

    /**
     * @param covered the size that the resized image covers, at least {@code size}
     * @param size that is kept; where the resized image is smaller, it is padded with black
     */
    static Pixels apply(Pixels image, ImageSize covered, ImageSize size, Interpolation interpolation) {
        Box whole = Box.of(image);
        return Letterbox.of(
                image, rows(whole, covered, size), columns(whole, covered, size), interpolation, Letterbox.BLACK);
    }

    /** Where the input lies in an image. */
    static InputArea area(Box image, ImageSize covered, ImageSize size) {
        return InputArea.of(rows(image, covered, size), columns(image, covered, size));
    }

    private static Axis rows(Box image, ImageSize covered, ImageSize size) {
        return Axis.of(resized(image, image.height(), covered), image.height(), size.height());
    }

    private static Axis columns(Box image, ImageSize covered, ImageSize size) {
        return Axis.of(resized(image, image.width(), covered), image.width(), size.width());
    }

    /** The length of one side of the image after resizing, which can be huge for an image like a line. */
    static long resized(Box image, int length, ImageSize covered) {
        if (covered.isSquare()) {
            int shorter = Math.min(image.height(), image.width());
            return length == shorter ? covered.height() : (long) ((double) covered.height() * length / shorter);
        }
        double ratio = Math.min((double) image.height() / covered.height(), (double) image.width() / covered.width());
        return (long) Math.rint(length / ratio);
    }
}
