package io.github.multilabel.data.check;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import java.util.Optional;

/** Finds frames and bars of one colour around an image. */
final class PlainFrame {

    /** Mean difference of a line from the frame's colour, 0 to 255: what compression leaves. */
    private static final int TOLERANCE = 10;
    /** Beyond this part of a side it is no frame, but the background of what is shown. */
    private static final double WIDEST = 0.25;

    private final Pixels image;

    private PlainFrame(Pixels image) {
        this.image = image;
    }

    /** What is inside a frame, or between bars; empty if there is no frame. */
    static Optional<Box> inside(Pixels image) {
        PlainFrame frame = new PlainFrame(image);
        int top = frame.width(image.height(), line -> frame.row(line));
        int bottom = frame.width(image.height(), line -> frame.row(image.height() - 1 - line));
        int left = frame.width(image.width(), line -> frame.column(line));
        int right = frame.width(image.width(), line -> frame.column(image.width() - 1 - line));
        return top + bottom + left + right == 0
                ? Optional.empty()
                : Optional.of(new Box(top, left, image.height() - top - bottom, image.width() - left - right));
    }

    /** The offset of each pixel of a line in the image's bytes. */
    private record Line(int start, int step, int length) {}

    private interface Lines {
        Line at(int number);
    }

    private Line row(int y) {
        return new Line(y * image.width() * Pixels.CHANNELS, Pixels.CHANNELS, image.width());
    }

    private Line column(int x) {
        return new Line(x * Pixels.CHANNELS, image.width() * Pixels.CHANNELS, image.height());
    }

    /** How many lines from the edge on are of the first one's colour; 0 if it is no frame. */
    private int width(int size, Lines lines) {
        int[] colour = mean(lines.at(0));
        int most = (int) (size * WIDEST);
        int width = 0;
        while (width <= most && width < size && difference(lines.at(width), colour) <= TOLERANCE) {
            width++;
        }
        return width < 2 || width > most ? 0 : width;
    }

    private int[] mean(Line line) {
        long[] sums = new long[Pixels.CHANNELS];
        for (int i = 0; i < line.length(); i++) {
            for (int channel = 0; channel < sums.length; channel++) {
                sums[channel] += image.rgb()[line.start() + i * line.step() + channel] & 0xff;
            }
        }
        int[] mean = new int[sums.length];
        for (int channel = 0; channel < sums.length; channel++) {
            mean[channel] = (int) (sums[channel] / line.length());
        }
        return mean;
    }

    private double difference(Line line, int[] colour) {
        long sum = 0;
        for (int i = 0; i < line.length(); i++) {
            for (int channel = 0; channel < colour.length; channel++) {
                int value = image.rgb()[line.start() + i * line.step() + channel] & 0xff;
                sum += Math.abs(value - colour[channel]);
            }
        }
        return (double) sum / line.length() / colour.length;
    }
}
