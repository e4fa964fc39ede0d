package io.github.multilabel.core.image;

import io.github.multilabel.core.image.Preprocessing.Interpolation;
import java.util.List;

/**
 * A whole image in the middle of an input of another shape, with borders: timm's {@code ResizeKeepRatio(longest=1)} and
 * {@code CenterCropOrPad}, its crop mode {@code border}.
 */
final class Letterbox {

    /** torchvision's colour of what a centre crop lacks. */
    static final byte[] BLACK = new byte[Pixels.CHANNELS];

    private Letterbox() {}

    static Pixels apply(Pixels image, ImageSize size, Interpolation interpolation, List<Double> mean) {
        Box whole = Box.of(image);
        return of(image, rows(whole, size), columns(whole, size), interpolation, colour(mean));
    }

    /** Where the input lies in an image. */
    static InputArea area(Box image, ImageSize size) {
        return InputArea.of(rows(image, size), columns(image, size));
    }

    private static Axis rows(Box image, ImageSize size) {
        return Axis.of(place(image, size).height(), image.height(), size.height());
    }

    private static Axis columns(Box image, ImageSize size) {
        return Axis.of(place(image, size).width(), image.width(), size.width());
    }

    /** Where an image lies in an input. */
    static Box place(Box image, ImageSize size) {
        double ratio = Math.max((double) image.height() / size.height(), (double) image.width() / size.width());
        int height = (int) Math.max(1, Math.rint(image.height() / ratio)); // a line would be resized to nothing
        int width = (int) Math.max(1, Math.rint(image.width() / ratio));
        return new Box((size.height() - height) / 2, (size.width() - width) / 2, height, width);
    }

    static Pixels of(Pixels image, Axis rows, Axis columns, Interpolation interpolation, byte[] colour) {
        Pixels kept = Resizer.apply(image, rows.taps(interpolation), columns.taps(interpolation));
        return pad(kept, rows.pad(), columns.pad(), new ImageSize(rows.size(), columns.size()), colour);
    }

    /** Lays an image that is no larger than an input into it. */
    static Pixels pad(Pixels image, int top, int left, ImageSize size, byte[] colour) {
        if (image.height() == size.height() && image.width() == size.width()) {
            return image;
        }
        int rowBytes = image.width() * Pixels.CHANNELS;
        byte[] rgb = new byte[size.height() * size.width() * Pixels.CHANNELS];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = colour[i % Pixels.CHANNELS];
        }
        for (int y = 0; y < image.height(); y++) {
            int to = ((top + y) * size.width() + left) * Pixels.CHANNELS;
            System.arraycopy(image.rgb(), y * rowBytes, rgb, to, rowBytes);
        }
        return new Pixels(size.height(), size.width(), rgb);
    }

    /** The colour that a normalisation by a mean turns into 0, as near as bytes come to it. */
    static byte[] colour(List<Double> mean) {
        byte[] colour = new byte[Pixels.CHANNELS];
        for (int channel = 0; channel < colour.length; channel++) {
            colour[channel] = (byte) Math.max(0, Math.min(255, Math.rint(mean.get(channel) * 255)));
        }
        return colour;
    }
}
