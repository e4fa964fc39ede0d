package io.github.multilabel.data.check;

import io.github.multilabel.core.image.Pixels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an image, perhaps in a mirror, as it is compared with others: by a hash that finds candidates, and by a
 * closer look at these.
 */
final class LookView {

    private static final int ROWS = 8;
    private static final int PIECES = 4;
    private static final int GRID = 16;
    private static final int COLOURS = ImageLook.COLOUR_SIDE;
    /** With fewer slopes than this, an image is a drawing or a thing on white, of which many are much alike. */
    private static final double FEW_SLOPES = 60;
    /**
     * Measured on 6,509 photos of cars and 1,500 copies of them: copies are above, other cars of the same build in the
     * same pose below.
     */
    private static final Limits PHOTO = new Limits(0.75, 24);
    /** Measured on 400 drawings of few shapes on white and 2,000 copies of them. */
    private static final Limits DRAWING = new Limits(0.93, 12);

    /** How like and how different in colour copies are. */
    private record Limits(double leastLikeness, double mostColourDistance) {}

    private final ImageLook look;
    private final AreaMeans grey;
    private final Margins margins;
    private final boolean mirrored;
    private float @Nullable [] slopes;
    private double slopeCount;
    private float @Nullable [] colours;
    /** Set together with the colours. */
    private float[] border = {};

    private LookView(ImageLook look, AreaMeans grey, Margins margins, boolean mirrored) {
        this.look = look;
        this.grey = grey;
        this.margins = margins;
        this.mirrored = mirrored;
    }

    /** The whole image. */
    static LookView of(ImageLook look) {
        return new LookView(look, greys(look), Margins.NONE, false);
    }

    /** What a copy may show of an image: parts of it, and what is inside a plain frame, each also in a mirror. */
    static List<LookView> ofCopies(ImageLook look) {
        List<LookView> views = new ArrayList<>();
        add(look, Margins.CUTS, views);
        if (look.inside() != null) {
            add(look.inside(), Margins.CUTS.subList(0, 2), views); // a blurred line of the frame may be left
        }
        return views;
    }

    private static void add(ImageLook look, List<Margins> cuts, List<LookView> views) {
        AreaMeans grey = greys(look);
        for (Margins cut : cuts) {
            views.add(new LookView(look, grey, cut, false));
            views.add(new LookView(look, grey, cut, true));
        }
    }

    private static AreaMeans greys(ImageLook look) {
        return new AreaMeans(look.grey(), ImageLook.SIDE, 0, 1);
    }

    private float[] grid(AreaMeans means, int rows, int columns) {
        float[] grid = means.grid(margins, rows, columns);
        if (mirrored) {
            for (int y = 0; y < rows; y++) {
                for (int left = y * columns, right = left + columns - 1; left < right; left++, right--) {
                    float swapped = grid[left];
                    grid[left] = grid[right];
                    grid[right] = swapped;
                }
            }
        }
        return grid;
    }

    /**
     * 64 bits, one for each two neighbours in a row of 9 x 8 greys: whether the left one is darker. Copies that were
     * resized, compressed again or made brighter differ in few; see Krawetz, <a
     * href="https://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html">Kind of Like That</a>
     * (2013), where it is called dHash.
     *
     * <p>The bits are spread such that each quarter of them has some of every place: where the edges of all images are
     * plain, still none of the pieces that {@link HashIndex} looks for is common to all.
     */
    long hash() {
        float[] greys = grid(grey, ROWS, ROWS + 1);
        long hash = 0;
        for (int y = 0; y < ROWS; y++) {
            for (int x = 0; x < ROWS; x++) {
                int at = y * (ROWS + 1) + x;
                if (greys[at] < greys[at + 1]) {
                    hash |= 1L << ((x + y) % PIECES * (Long.SIZE / PIECES) + y * ROWS / PIECES + x / PIECES);
                }
            }
        }
        return hash;
    }

    /**
     * How well the edges of two views lie upon each other: the correlation of the slopes of their greys.
     *
     * @return from the least likeness of copies to 1; 0 if these are no copies
     */
    double likeness(LookView other) {
        double colourDistance = colourDistance(other);
        if (colourDistance > PHOTO.mostColourDistance()) {
            return 0;
        }
        double likeness = 0;
        float[] a = slopes();
        float[] b = other.slopes();
        for (int i = 0; i < a.length; i++) {
            likeness += a[i] * b[i];
        }
        Limits limits = Math.min(slopeCount, other.slopeCount) < FEW_SLOPES ? DRAWING : PHOTO;
        return likeness >= limits.leastLikeness() && colourDistance <= limits.mostColourDistance() ? likeness : 0;
    }

    /** Horizontal and vertical, of length 1 together; counts them, too. */
    private float[] slopes() {
        if (slopes == null) {
            float[] greys = grid(grey, GRID, GRID);
            slopes = new float[2 * GRID * (GRID - 1)];
            int count = 0;
            double sum = 0;
            for (int y = 0; y < GRID; y++) {
                for (int x = 0; x < GRID; x++) {
                    int at = y * GRID + x;
                    if (x > 0) {
                        slopes[count++] = greys[at] - greys[at - 1];
                    }
                    if (y > 0) {
                        slopes[count++] = greys[at] - greys[at - GRID];
                    }
                }
            }
            for (float slope : slopes) {
                sum += slope * slope;
            }
            float length = (float) Math.sqrt(Math.max(sum, 1));
            double fourth = 0;
            for (int i = 0; i < count; i++) {
                slopes[i] /= length;
                fourth += (double) slopes[i] * slopes[i] * slopes[i] * slopes[i];
            }
            slopeCount = 1 / fourth; // all of them if they are equal, fewer if some are much steeper
        }
        return slopes;
    }

    /** The mean difference of the colours, 0 to 255, where one of the images is not as plain as at its border. */
    private double colourDistance(LookView other) {
        float[] a = colours();
        float[] b = other.colours();
        double sum = 0;
        double weights = 0;
        for (int cell = 0; cell < a.length; cell += Pixels.CHANNELS) {
            double weight = Math.max(difference(a, cell, border, 0), difference(b, cell, other.border, 0));
            sum += weight * difference(a, cell, b, cell);
            weights += weight;
        }
        return weights == 0 ? 0 : sum / weights;
    }

    private static double difference(float[] a, int atA, float[] b, int atB) {
        double sum = 0;
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
            sum += Math.abs(a[atA + channel] - b[atB + channel]);
        }
        return sum / Pixels.CHANNELS;
    }

    /** The mean colour of the cells at the edges. */
    private static float[] border(float[] colours) {
        float[] border = new float[Pixels.CHANNELS];
        for (int y = 0; y < COLOURS; y++) {
            boolean edge = y == 0 || y == COLOURS - 1;
            for (int x = 0; x < COLOURS; x += edge ? 1 : COLOURS - 1) {
                for (int channel = 0; channel < border.length; channel++) {
                    border[channel] += colours[(y * COLOURS + x) * Pixels.CHANNELS + channel] / (4 * (COLOURS - 1));
                }
            }
        }
        return border;
    }

    private float[] colours() {
        if (colours == null) {
            colours = new float[COLOURS * COLOURS * Pixels.CHANNELS];
            for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
                float[] grid = grid(new AreaMeans(look.colours(), COLOURS, channel, Pixels.CHANNELS), COLOURS, COLOURS);
                for (int cell = 0; cell < grid.length; cell++) {
                    colours[cell * Pixels.CHANNELS + channel] = grid[cell];
                }
            }
            border = border(colours);
        }
        return colours;
    }
}
