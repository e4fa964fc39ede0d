package io.github.multilabel.core.image;

import java.util.Optional;

/**
 * A rectangle in an image, in pixels of the decoded image, which is upright after its EXIF orientation was applied. It
 * may be empty or reach over the border; methods that take a box say what they accept.
 *
 * @param top the first row, from 0
 * @param left the first column, from 0
 * @param height the number of rows
 * @param width the number of columns
 */
public record Box(int top, int left, int height, int width) {

    /** An annotated box that reaches further over the border than this was not made for the image. */
    private static final double LEAST_INSIDE = 0.5;

    /** Returns the box of a whole image. */
    public static Box of(Pixels image) {
        return new Box(0, 0, image.height(), image.width());
    }

    /** Returns the box of a whole image of a size. */
    public static Box of(ImageSize size) {
        return new Box(0, 0, size.height(), size.width());
    }

    /** The number of pixels; 0 if the box is empty. */
    public long area() {
        return isEmpty() ? 0 : (long) height * width;
    }

    private boolean isEmpty() {
        return height < 1 || width < 1;
    }

    /** Returns the intersection of two boxes; empty if they have no pixel in common. */
    public Optional<Box> intersection(Box other) {
        int y = Math.max(top, other.top);
        int x = Math.max(left, other.left);
        long rows = Math.min((long) top + height, (long) other.top + other.height) - y;
        long columns = Math.min((long) left + width, (long) other.left + other.width) - x;
        return rows < 1 || columns < 1 ? Optional.empty() : Optional.of(new Box(y, x, (int) rows, (int) columns));
    }

    /**
     * Returns this box, as it was annotated, without what reaches over the border of the image.
     *
     * @throws IllegalArgumentException if it is empty or inverted, or less than half of it lies in the image: then it
     *     was made for another one, or for another size of it
     */
    public Box within(Pixels image) {
        return within(of(image));
    }

    /**
     * Returns this box, as it was annotated, without what reaches over the border of the image.
     *
     * @param image the whole image
     */
    public Box within(Box image) {
        if (isEmpty()) {
            throw new IllegalArgumentException(
                    "its box (" + describe() + ") is empty or inverted; a box needs at least one row and one column");
        }
        return intersection(image)
                .filter(inside -> inside.area() >= LEAST_INSIDE * area())
                .orElseThrow(() -> new IllegalArgumentException("its box (" + describe()
                        + ") lies for the greater part outside the image of " + image.width + " x " + image.height
                        + "; was the image resized or turned after it was annotated?"));
    }

    private String describe() {
        return "columns " + left + " to " + ((long) left + width - 1) + ", rows " + top + " to "
                + ((long) top + height - 1);
    }

    /** @throws IllegalArgumentException if this is not a part of the image */
    void requireWithin(Pixels image) {
        requireWithin(of(image));
    }

    /** @throws IllegalArgumentException if this is not a part of the image */
    void requireWithin(Box image) {
        if (!intersection(image).equals(Optional.of(this))) {
            throw new IllegalArgumentException(
                    this + " is not a part of an image of height " + image.height + ", width " + image.width);
        }
    }
}
