package io.github.multilabel.core.image;

/**
 * Where the input of a model lies in an image, as fractions of the image's sides, so that it is the same for every copy
 * of the image in another size. It is a part of the image where the model sees only a crop, and reaches over the border
 * where the input is padded.
 *
 * @param top of the input; 0 is the upper border of the image, 1 the lower
 * @param left of the input; 0 is the left border of the image, 1 the right
 * @param height above 0
 * @param width above 0
 */
public record InputArea(double top, double left, double height, double width) {

    /** The whole image. */
    static final InputArea WHOLE = new InputArea(0, 0, 1, 1);

    /** @throws IllegalArgumentException if a number is not finite, or a side not above 0 */
    public InputArea {
        if (!Double.isFinite(top) || !Double.isFinite(left) || !(height > 0) || !(width > 0)) {
            throw new IllegalArgumentException("the area of an input at " + top + ", " + left + " with height " + height
                    + " and width " + width + ": all must be finite, and the sides above 0");
        }
    }

    static InputArea of(Axis rows, Axis columns) {
        return new InputArea(rows.start(), columns.start(), rows.span(), columns.span());
    }

    /**
     * Returns the upper left part of this area.
     *
     * @param ofHeight the fraction of the height that it has
     * @param ofWidth the fraction of the width that it has
     */
    public InputArea upperLeft(double ofHeight, double ofWidth) {
        return new InputArea(top, left, ofHeight * height, ofWidth * width);
    }
}
