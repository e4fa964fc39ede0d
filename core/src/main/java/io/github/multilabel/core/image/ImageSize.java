package io.github.multilabel.core.image;

import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Height and width of images in pixels. Immutable.
 *
 * @param height at least 1
 * @param width at least 1
 */
public record ImageSize(int height, int width) {

    /** More than that, and a shape says nothing of what most images look like. */
    private static final double WIDEST = 3;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})(?:\\s*[xX×]\\s*(\\d{1,5}))?");

    /** @throws IllegalArgumentException if a side is below 1 */
    public ImageSize {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "image size " + text(height, width) + ": height and width must be at least 1 pixel");
        }
    }

    /** Returns the size of a square. */
    public static ImageSize square(int side) {
        return new ImageSize(side, side);
    }

    /**
     * Reads what {@link #toString} writes: {@code 224} for a square, {@code 184x272} for height x width.
     *
     * @throws IllegalArgumentException if it is neither, or a side is below 1
     */
    public static ImageSize parse(String text) {
        Matcher matcher = TEXT.matcher(
                Given.require(text, "text", "e.g. \"224\" or \"184x272\"").strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + Excerpt.of(text)
                    + "' is no image size; write 224 for a square, or height x width such as 184x272");
        }
        int height = Integer.parseInt(matcher.group(1));
        return new ImageSize(height, matcher.group(2) == null ? height : Integer.parseInt(matcher.group(2)));
    }

    /** Whether height and width are equal. */
    public boolean isSquare() {
        return height == width;
    }

    /** The length of the shorter side. */
    public int shorterSide() {
        return Math.min(height, width);
    }

    /** Returns the size of the same shape whose shorter side has a given length. */
    public ImageSize withShorterSide(int pixels) {
        double factor = (double) pixels / shorterSide();
        return new ImageSize((int) Math.round(height * factor), (int) Math.round(width * factor));
    }

    /**
     * Returns the size of about as many pixels as this one in another shape. What a model computes for an image follows
     * from the number of pixels, so it costs the same.
     *
     * @param aspectRatio width divided by height; what is outside 1:3 to 3:1 is taken as these
     * @param multiple of which each side is, such as 8: what strides and patches leave over at a border would be lost
     * @throws IllegalArgumentException if a number is not above 0
     */
    public ImageSize withAspectRatio(double aspectRatio, int multiple) {
        if (!(aspectRatio > 0 && aspectRatio < Double.POSITIVE_INFINITY) || multiple < 1) {
            throw new IllegalArgumentException("aspect ratio " + aspectRatio + " and multiple " + multiple
                    + ": both must be above 0; the ratio is width divided by height, such as 1.5");
        }
        double pixels = (double) height * width;
        double ratio = Math.max(1 / WIDEST, Math.min(WIDEST, aspectRatio));
        int rows = nearest(Math.sqrt(pixels / ratio), multiple);
        return new ImageSize(rows, nearest(pixels / rows, multiple));
    }

    private static int nearest(double length, int multiple) {
        return (int) Math.max(1, Math.round(length / multiple)) * multiple;
    }

    /** {@code 224} for a square, {@code 184x272} for others: height x width. */
    @Override
    public String toString() {
        return text(height, width);
    }

    private static String text(int height, int width) {
        return height == width ? Integer.toString(height) : height + "x" + width;
    }
}
