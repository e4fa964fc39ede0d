package io.github.multilabel.training.mix;

import io.github.multilabel.training.internal.mix.BatchMixer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What was drawn for one batch. Immutable.
 *
 * @see BatchMixer
 */
public final class MixDraw {

    private final double fraction;
    private final int[] permutation;
    /** The rectangle that is the other's: left, top, right, bottom, in an image of a height and a width; or null. */
    private final int @Nullable [] cut;

    private final int height;
    private final int width;

    private MixDraw(double fraction, int[] permutation, int @Nullable [] cut, int height, int width) {
        this.fraction = fraction;
        this.permutation = permutation.clone();
        this.cut = cut;
        this.height = height;
        this.width = width;
    }

    /**
     * The weighted mean of two images.
     *
     * @param fraction of the own image, in [0, 1]
     * @param permutation for each image of the batch the position of the other
     * @throws IllegalArgumentException if a value is outside its range
     */
    public static MixDraw blended(double fraction, int... permutation) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("fraction " + fraction + " of the own image is outside [0, 1]");
        }
        return new MixDraw(fraction, checked(permutation), null, 1, 1);
    }

    /**
     * The own image, but for a rectangle of the other.
     *
     * @param left the first column of the rectangle
     * @param top its first row
     * @param right the column after its last
     * @param bottom the row after its last
     * @param height of the images
     * @param width of the images
     * @param permutation for each image of the batch the position of the other
     * @throws IllegalArgumentException if the rectangle is not within the image, or a partner not in the batch
     */
    public static MixDraw cut(int left, int top, int right, int bottom, int height, int width, int... permutation) {
        if (left < 0 || top < 0 || right > width || bottom > height || left > right || top > bottom) {
            throw new IllegalArgumentException("the rectangle from (" + left + ", " + top + ") to (" + right + ", "
                    + bottom + ") is not within an image of " + width + " x " + height);
        }
        double fraction = 1 - (double) (right - left) * (bottom - top) / ((double) width * height);
        return new MixDraw(fraction, checked(permutation), new int[] {left, top, right, bottom}, height, width);
    }

    private static int[] checked(int... permutation) {
        for (int partner : permutation) {
            if (partner < 0 || partner >= permutation.length) {
                throw new IllegalArgumentException(
                        "partner " + partner + " is not one of the " + permutation.length + " images of the batch");
            }
        }
        return permutation;
    }

    /** A random order of the images of a batch. */
    static int[] permutation(SplittableRandom random, int images) {
        int[] order = new int[images];
        for (int i = 0; i < images; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** The fraction of the own image, in [0, 1]. */
    public double fraction() {
        return fraction;
    }

    /** For each image of the batch the position of the other. */
    public int[] permutation() {
        return permutation.clone();
    }

    /** What each pixel has of the own image: (H, W), or one number for all. */
    public float[] pixelFractions() {
        if (cut == null) {
            return new float[] {(float) fraction};
        }
        float[] fractions = new float[height * width];
        Arrays.fill(fractions, 1);
        for (int y = cut[1]; y < cut[3]; y++) {
            Arrays.fill(fractions, y * width + cut[0], y * width + cut[2], 0);
        }
        return fractions;
    }

    /** The height of {@link #pixelFractions}. */
    public int rows() {
        return height;
    }

    /** The width of {@link #pixelFractions}. */
    public int columns() {
        return width;
    }
}
