package io.github.multilabel.data.check;

/** Means over parts of a small square image, whose edges may lie within pixels. */
final class AreaMeans {

    private final byte[] values;
    private final int side;
    private final int channel;
    private final int channels;
    /** Of all values above and to the left, (side + 1, side + 1); empty until they are needed. */
    private double[] sums = {};

    /**
     * Looks at one channel.
     *
     * @param values unsigned, (side, side, channels)
     */
    AreaMeans(byte[] values, int side, int channel, int channels) {
        this.values = values;
        this.side = side;
        this.channel = channel;
        this.channels = channels;
    }

    private int value(int y, int x) {
        return values[(y * side + x) * channels + channel] & 0xff;
    }

    private void sum() {
        sums = new double[(side + 1) * (side + 1)];
        for (int y = 0; y < side; y++) {
            double row = 0;
            for (int x = 0; x < side; x++) {
                row += value(y, x);
                sums[(y + 1) * (side + 1) + x + 1] = sums[y * (side + 1) + x + 1] + row;
            }
        }
    }

    /** The means of the cells of a grid over what is within margins, row by row. */
    float[] grid(Margins margins, int rows, int columns) {
        if (margins.equals(Margins.NONE) && side % rows == 0 && side % columns == 0) {
            return wholeGrid(rows, columns);
        }
        if (sums.length == 0) {
            sum();
        }
        double[] above = new double[columns + 1];
        double[] below = new double[columns + 1];
        float[] grid = new float[rows * columns];
        double top = side * margins.top();
        double left = side * margins.left();
        double height = (side * (1 - margins.bottom()) - top) / rows;
        double width = (side * (1 - margins.right()) - left) / columns;
        line(top, left, width, above);
        for (int y = 0; y < rows; y++) {
            line(top + (y + 1) * height, left, width, below);
            for (int x = 0; x < columns; x++) {
                double sum = below[x + 1] - above[x + 1] - below[x] + above[x];
                grid[y * columns + x] = (float) (sum / (height * width));
            }
            double[] swapped = above;
            above = below;
            below = swapped;
        }
        return grid;
    }

    /** The same of whole pixels, for which nothing need be summed up before. */
    private float[] wholeGrid(int rows, int columns) {
        float[] grid = new float[rows * columns];
        int height = side / rows;
        int width = side / columns;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                grid[y / height * columns + x / width] += value(y, x);
            }
        }
        for (int cell = 0; cell < grid.length; cell++) {
            grid[cell] /= height * width;
        }
        return grid;
    }

    /** The sums above a line, to the left of each border between columns. */
    private void line(double y, double left, double width, double[] line) {
        int row = Math.min((int) y, side - 1);
        double low = y - row;
        for (int i = 0; i < line.length; i++) {
            double x = left + i * width;
            int column = Math.min((int) x, side - 1);
            double right = x - column;
            int at = row * (side + 1) + column;
            double upper = sums[at] * (1 - right) + sums[at + 1] * right;
            double lower = sums[at + side + 1] * (1 - right) + sums[at + side + 2] * right;
            line[i] = upper * (1 - low) + lower * low;
        }
    }
}
