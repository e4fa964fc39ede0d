package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.Pixels;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the components of a JPEG mean, found as libjpeg's {@code default_decompress_parms} does. */
enum JpegColour {
    GREY(Constants.JFIF),
    YCBCR(Constants.JFIF),
    RGB(Constants.ADOBE),
    CMYK(Constants.ADOBE),
    /** Given to the reader as CMYK, so that it leaves the numbers alone on every version of Java. */
    YCCK(Constants.ADOBE);

    private static final class Constants {
        static final String JFIF = "\u00ff\u00e0\0\u0010JFIF\0\1\1\0\0\1\0\1\0\0";
        /** With transform 0: the components are colours themselves. */
        static final String ADOBE = "\u00ff\u00ee\0\u000eAdobe\0\u0064\0\0\0\0\0";
    }

    private static final int WHITE = 255;

    private final byte[] segment;

    JpegColour(String segment) {
        this.segment = segment.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * @param ids the components' identifiers
     * @param jfif whether the file has a JFIF segment
     * @param transform of the Adobe segment, or -1 if the file has none
     */
    static JpegColour of(int[] ids, boolean jfif, int transform) throws Defect {
        return switch (ids.length) {
            case 1 -> GREY;
            case 3 -> {
                boolean letters = transform < 0 && Arrays.equals(ids, new int[] {'R', 'G', 'B'});
                yield !jfif && (transform == 0 || letters) ? RGB : YCBCR;
            }
            case 4 -> transform > 0 ? YCCK : CMYK;
            default -> throw Defect.unsupported("a JPEG of " + ids.length + " components");
        };
    }

    /** A segment that makes every reader take the components as they are meant. */
    byte[] segment() {
        return segment;
    }

    /**
     * Turns raw samples of one or four components into RGB, equal to Pillow's conversion.
     *
     * @param raster from the reader, interleaved bytes
     */
    Pixels pixels(Raster raster) {
        byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        byte[] rgb = new byte[raster.getWidth() * raster.getHeight() * Pixels.CHANNELS];
        if (this == GREY) {
            for (int i = 0, target = 0; i < samples.length; i++) {
                rgb[target++] = samples[i];
                rgb[target++] = samples[i];
                rgb[target++] = samples[i];
            }
        } else {
            for (int i = 0, target = 0; i < samples.length; i += 4, target += Pixels.CHANNELS) {
                ink(samples, i, rgb, target);
            }
        }
        return new Pixels(raster.getHeight(), raster.getWidth(), rgb);
    }

    /** Stored inverted, so that 255 is no ink: the colour is the product of what ink and black let through. */
    private void ink(byte[] samples, int from, byte[] rgb, int to) {
        int first = samples[from] & 0xff;
        int second = samples[from + 1] & 0xff;
        int third = samples[from + 2] & 0xff;
        int light = samples[from + 3] & 0xff;
        if (this == YCCK) {
            double cb = second - 128;
            double cr = third - 128;
            double luma = first;
            first = WHITE - clamp(luma + 1.402 * cr); // ITU-T T.871, 7
            second = WHITE - clamp(luma - 0.344136 * cb - 0.714136 * cr);
            third = WHITE - clamp(luma + 1.772 * cb);
        }
        rgb[to] = through(first, light);
        rgb[to + 1] = through(second, light);
        rgb[to + 2] = through(third, light);
    }

    private static int clamp(double value) {
        return (int) Math.max(0, Math.min(WHITE, Math.rint(value)));
    }

    private static byte through(int ink, int light) {
        return (byte) ((ink * light + WHITE / 2) / WHITE);
    }
}
