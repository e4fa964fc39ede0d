package io.github.multilabel.model.explain;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.InputArea;
import io.github.multilabel.core.image.Pixels;
import java.util.Locale;

/**
 * What in an image speaks for a category of a head: a value in [0, 1] for each place of a coarse grid, 1 where the most
 * does. Two maps are compared by their form alone: how strongly a head answers is not in them. Immutable.
 */
public final class HeatMap {

    private final String head;
    private final String category;
    private final double probability;
    private final Grid grid;

    /**
     * Scales values so that the greatest is 1; if none is above 0, all stay 0.
     *
     * @param values height * width, row after row, at least 0
     */
    HeatMap(String head, String category, double probability, int height, int width, InputArea area, float[] values) {
        this.head = head;
        this.category = category;
        this.probability = probability;
        float greatest = 0;
        for (float value : values) {
            greatest = Math.max(greatest, value);
        }
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = greatest > 0 ? values[i] / greatest : 0;
        }
        this.grid = new Grid(height, width, area, scaled);
    }

    /** The name of the head. */
    public String head() {
        return head;
    }

    /** The category that it is of. */
    public String category() {
        return category;
    }

    /** The probability of the category, 0 to 1. */
    public double probability() {
        return probability;
    }

    /** The number of rows of the grid. */
    public int height() {
        return grid.height();
    }

    /** The number of columns of the grid. */
    public int width() {
        return grid.width();
    }

    /** Where the grid lies in the image. */
    public InputArea area() {
        return grid.area();
    }

    /** The values, (height, width), row after row; a copy. */
    public float[] values() {
        return grid.values().clone();
    }

    /** Whether nothing in the image speaks for the category: all values are 0. */
    public boolean isBlank() {
        return grid.sum() == 0;
    }

    /**
     * The value at a point of the image, bilinear between the places of the grid.
     *
     * @param y a fraction of the image's height, 0 at its upper border
     * @param x a fraction of the image's width, 0 at its left border
     * @return in [0, 1]; NaN where the model does not see the image
     */
    public double at(double y, double x) {
        return grid.at(y, x);
    }

    /**
     * The values for each pixel of an image.
     *
     * @param height of the image, or of a copy of it in another size
     * @param width of the image, or of that copy
     * @return height * width values, row after row, in [0, 1]; NaN where the model does not see the image
     */
    public float[] resizedTo(int height, int width) {
        return grid.resizedTo(height, width);
    }

    /**
     * The share of the heat that lies within a part of the image. What the model does not see has none.
     *
     * @param part of the image, in its pixels
     * @param image the whole image, {@link Box#of(Pixels)}
     * @return 0 to 1; NaN if the map is blank
     */
    public double shareWithin(Box part, Box image) {
        float[] heat = resizedTo(image.height(), image.width());
        double inside = 0;
        double all = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                float value = heat[y * image.width() + x];
                if (!Float.isNaN(value)) {
                    all += value;
                    boolean isInside = y >= part.top()
                            && y < part.top() + part.height()
                            && x >= part.left()
                            && x < part.left() + part.width();
                    inside += isInside ? value : 0;
                }
            }
        }
        return all == 0 ? Double.NaN : inside / all;
    }

    /**
     * Pearson's correlation with another map of the same model and image.
     *
     * @return -1 to 1, 1 for the same form; NaN if all values of one map are equal
     * @throws IllegalArgumentException if the other has another grid
     */
    public double correlation(HeatMap other) {
        return grid.correlation(other.grid);
    }

    /**
     * How far two maps agree: the heat that both have at the same place over that which one of them has, {@code sum of
     * min / sum of max}.
     *
     * @return 0 to 1, 1 for equal maps; NaN if both are blank
     * @throws IllegalArgumentException if the other has another grid
     */
    public double agreement(HeatMap other) {
        return grid.agreement(other.grid);
    }

    /**
     * The photo in grey with the heat over it, from blue over yellow to red. What the model does not see is darkened.
     *
     * @param photo the image of this map, or a copy of it in another size
     */
    public Pixels over(Pixels photo) {
        float[] heat = resizedTo(photo.height(), photo.width());
        return Overlay.draw(photo, i -> HeatColours.of(heat[i]));
    }

    /**
     * The photo in grey, orange where only this map is warm, blue where only the other is, and violet where both are.
     *
     * @param other of the same image, such as that of another head
     * @param photo the image of this map, or a copy of it in another size
     * @throws IllegalArgumentException if the other has another grid
     */
    public Pixels comparedWith(HeatMap other, Pixels photo) {
        grid.requireSame(other.grid);
        float[] mine = resizedTo(photo.height(), photo.width());
        float[] others = other.resizedTo(photo.height(), photo.width());
        return Overlay.draw(photo, i -> HeatColours.ofTwo(mine[i], others[i]));
    }

    /** For example {@code brand: Audi 0.97}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %s %.2f", head, category, probability);
    }
}
