package io.github.multilabel.core.image;

/**
 * A part of a picture, in its pixels.
 *
 * @param top the first row
 * @param left the first column
 * @param height at least 1
 * @param width at least 1
 */
public record Box(int top, int left, int height, int width) {

    /** The whole of a picture. */
    public static Box of(Pixels image) {
        return new Box(0, 0, image.height(), image.width());
    }

    /** @throws IllegalArgumentException if this is not a part of the picture */
    void requireWithin(Pixels image) {
        if (top < 0
                || left < 0
                || height < 1
                || width < 1
                || top > image.height() - height
                || left > image.width() - width) {
            throw new IllegalArgumentException(
                    this + " is not a part of a picture of height " + image.height() + ", width " + image.width());
        }
    }
}
