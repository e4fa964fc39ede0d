package io.github.multilabel.data.check;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;

/**
 * How sharp an image is: the variance of the Laplacian of its greys (kernel 0 1 0, 1 -4 1, 0 1 0), LAPV in Pech-Pacheco
 * et al., Diatom autofocusing in brightfield microscopy: a comparative study (ICPR 2000), which is OpenCV's
 * {@code cv2.Laplacian(grey, cv2.CV_64F).var()} without the border. It is measured where the shorter side has
 * {@value #SIDE} pixels at most, about what a network sees: so it means the same for photos of any size.
 */
final class Sharpness {

    /**
     * Below it, an image is blurred: the limit that is in general use, from Rosebrock, <a
     * href="https://pyimagesearch.com/2015/09/07/blur-detection-with-opencv/">Blur detection with OpenCV</a> (2015). Of
     * 3,000 photos of cars the least had 133; made three times smaller and larger again, 99% of them had less than 100.
     */
    static final double BLURRED = 100;

    private static final int SIDE = 224;

    private Sharpness() {}

    static double of(Pixels image) {
        double scale = (double) SIDE / Math.min(image.height(), image.width());
        return scale >= 1
                ? laplacian(image)
                : laplacian(Resizer.resize(
                        image,
                        Box.of(image),
                        (int) Math.round(image.height() * scale),
                        (int) Math.round(image.width() * scale),
                        Interpolation.BILINEAR));
    }

    private static double laplacian(Pixels image) {
        int width = image.width();
        double[] grey = grey(image);
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int y = 1; y < image.height() - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int at = y * width + x;
                double slope = grey[at - 1] + grey[at + 1] + grey[at - width] + grey[at + width] - 4 * grey[at];
                sum += slope;
                squares += slope * slope;
                count++;
            }
        }
        return count == 0 ? 0 : squares / count - sum / count * (sum / count);
    }

    /** As ITU-R BT.601 weighs the colours. */
    private static double[] grey(Pixels image) {
        double[] grey = new double[image.height() * image.width()];
        byte[] rgb = image.rgb();
        for (int i = 0, at = 0; i < grey.length; i++, at += Pixels.CHANNELS) {
            grey[i] = 0.299 * (rgb[at] & 0xff) + 0.587 * (rgb[at + 1] & 0xff) + 0.114 * (rgb[at + 2] & 0xff);
        }
        return grey;
    }
}
