package io.github.multilabel.core.image;

import java.util.Optional;

/**
 * A part of a picture, in pixels of the picture as it is decoded: upright, after its EXIF orientation was applied. Made
 * by anyone, so it can be anything, even empty; what uses it says what it needs.
 *
 * @param top the first row, from 0
 * @param left the first column, from 0
 * @param height the number of rows
 * @param width the number of columns
 */
public record Box(int top, int left, int height, int width) {

    /** An annotated box that reaches further over the border than this was not made for the picture. */
    private static final double LEAST_INSIDE = 0.5;

    /** The whole of a picture. */
    public static Box of(Pixels image) {
        return new Box(0, 0, image.height(), image.width());
    }

    /** The number of its pixels; 0 if it is empty. */
    public long area() {
        return isEmpty() ? 0 : (long) height * width;
    }

    private boolean isEmpty() {
        return height < 1 || width < 1;
    }

    /** What both have; empty if they have nothing in common. */
    public Optional<Box> intersection(Box other) {
        int y = Math.max(top, other.top);
        int x = Math.max(left, other.left);
        long rows = Math.min((long) top + height, (long) other.top + other.height) - y;
        long columns = Math.min((long) left + width, (long) other.left + other.width) - x;
        return rows < 1 || columns < 1 ? Optional.empty() : Optional.of(new Box(y, x, (int) rows, (int) columns));
    }

    /**
     * The box of an annotation, cut off where it reaches over the picture's border.
     *
     * @throws IllegalArgumentException if it is empty or inverted, or less than half of it lies in the picture: then it
     *     was made for another one, or for another size of it
     */
    public Box within(Pixels image) {
        return within(of(image));
    }

    /**
     * The same by the picture's size.
     *
     * @param image the whole picture
     */
    public Box within(Box image) {
        if (isEmpty()) {
            throw new IllegalArgumentException(
                    "its box (" + describe() + ") is empty or inverted; a box needs at least one row and one column");
        }
        return intersection(image)
                .filter(inside -> inside.area() >= LEAST_INSIDE * area())
                .orElseThrow(() -> new IllegalArgumentException("its box (" + describe()
                        + ") lies for the greater part outside the picture of " + image.width + " x " + image.height
                        + "; was the picture resized or turned after it was annotated?"));
    }

    private String describe() {
        return "columns " + left + " to " + ((long) left + width - 1) + ", rows " + top + " to "
                + ((long) top + height - 1);
    }

    /** @throws IllegalArgumentException if this is not a part of the picture */
    void requireWithin(Pixels image) {
        requireWithin(of(image));
    }

    /** @throws IllegalArgumentException if this is not a part of the picture */
    void requireWithin(Box image) {
        if (!intersection(image).equals(Optional.of(this))) {
            throw new IllegalArgumentException(
                    this + " is not a part of a picture of height " + image.height + ", width " + image.width);
        }
    }
}
