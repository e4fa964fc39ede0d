package io.github.multilabel.evaluation.internal.page;

import java.util.List;

/**
 * A confusion matrix with counts and shares.
 *
 * @param caption what it is of
 * @param names of the categories, in the order shown
 * @param rows of each category that images have, with a cell for each that was predicted
 * @param note what is left out, and how it is ordered
 */
public record Matrix(String caption, List<String> names, List<List<Count>> rows, String note) implements Part {

    /** Above so many categories, a cell has room for a number alone. */
    private static final int WIDE = 12;

    /** Copies the lists. */
    public Matrix {
        names = List.copyOf(names);
        rows = List.copyOf(rows);
    }

    boolean isNarrow() {
        return names.size() > WIDE;
    }

    /**
     * A cell.
     *
     * @param count the number of images, empty for none
     * @param share of the images of the category, in percent, empty for none
     * @param level how strong its colour is, 0..10
     * @param isRight whether it stands on the diagonal
     */
    public record Count(String count, String share, int level, boolean isRight) {

        /** The strongest colour. */
        private static final int LEVELS = 10;

        /**
         * A number of images.
         *
         * @param images of the category for which the other was predicted
         * @param all images of the category
         */
        public static Count of(long images, long all, boolean isRight) {
            if (images == 0) {
                return new Count("", "", 0, isRight);
            }
            double share = (double) images / all;
            return new Count(
                    Figures.count(images),
                    Long.toString(Math.round(100 * share)),
                    (int) Math.ceil(LEVELS * share),
                    isRight);
        }

        String look() {
            return (isRight ? "right" : "wrong") + " l" + level;
        }
    }
}
