package io.github.multilabel.model.explain;

import io.github.multilabel.core.image.InputArea;

/**
 * Values of places that divide an area of an image.
 *
 * @param values row after row
 */
@SuppressWarnings("ArrayRecordComponent") // stays within this package, and is not changed
record Grid(int height, int width, InputArea area, float[] values) {

    double sum() {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    /** NaN outside of the area or the image. */
    double at(double y, double x) {
        double row = (y - area.top()) / area.height();
        double column = (x - area.left()) / area.width();
        boolean isSeen = y >= 0 && y <= 1 && x >= 0 && x <= 1 && row >= 0 && row <= 1 && column >= 0 && column <= 1;
        return isSeen ? between(row * height - 0.5, column * width - 0.5) : Double.NaN;
    }

    private double between(double row, double column) {
        double y = Math.max(0, Math.min(height - 1, row));
        double x = Math.max(0, Math.min(width - 1, column));
        int top = (int) y;
        int left = (int) x;
        int bottom = Math.min(height - 1, top + 1);
        int right = Math.min(width - 1, left + 1);
        double upper = mix(value(top, left), value(top, right), x - left);
        double lower = mix(value(bottom, left), value(bottom, right), x - left);
        return mix(upper, lower, y - top);
    }

    private static double mix(double a, double b, double share) {
        return a + share * (b - a);
    }

    private float value(int y, int x) {
        return values[y * width + x];
    }

    float[] resizedTo(int rows, int columns) {
        float[] resized = new float[Math.multiplyExact(rows, columns)];
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                resized[y * columns + x] = (float) at((y + 0.5) / rows, (x + 0.5) / columns);
            }
        }
        return resized;
    }

    void requireSame(Grid other) {
        if (height != other.height || width != other.width || !area.equals(other.area)) {
            throw new IllegalArgumentException("heat maps of " + height + " x " + width + " places at " + area + " and "
                    + other.height + " x " + other.width + " at " + other.area
                    + " cannot be compared: both must be of the same model and image");
        }
    }

    double correlation(Grid other) {
        requireSame(other);
        double mean = sum() / values.length;
        double otherMean = other.sum() / values.length;
        double both = 0;
        double square = 0;
        double otherSquare = 0;
        for (int i = 0; i < values.length; i++) {
            double a = values[i] - mean;
            double b = other.values[i] - otherMean;
            both += a * b;
            square += a * a;
            otherSquare += b * b;
        }
        double scale = Math.sqrt(square) * Math.sqrt(otherSquare);
        return scale == 0 ? Double.NaN : both / scale;
    }

    double agreement(Grid other) {
        requireSame(other);
        double least = 0;
        double most = 0;
        for (int i = 0; i < values.length; i++) {
            least += Math.min(values[i], other.values[i]);
            most += Math.max(values[i], other.values[i]);
        }
        return most == 0 ? Double.NaN : least / most;
    }
}
