package io.github.multilabel.core.image;

import io.github.multilabel.core.internal.Samples;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Takes the samples of a decoded raster as they are stored. Java's own conversion by colour models is slow, and bends
 * the curve of grey images.
 */
final class RasterPixels {

    private RasterPixels() {}

    /** Grey, grey with alpha, RGB, RGBA or palette, of 1 to 16 bits; what is transparent becomes white. */
    static Pixels of(BufferedImage image) {
        ColorModel model = image.getColorModel();
        if (isBgr(image)) {
            return ofBgr(image);
        } else if (model instanceof IndexColorModel palette) {
            return ofPalette(image.getRaster(), palette);
        }
        int space = model.getColorSpace().getType();
        boolean known = space == ColorSpace.TYPE_RGB || space == ColorSpace.TYPE_GRAY;
        return known && model.getTransferType() <= DataBuffer.TYPE_INT
                ? ofSamples(image.getRaster(), model)
                : ofColours(image);
    }

    /** Whether all of the buffer is the image, one byte after the other; of a part of another image it is not. */
    private static boolean isBgr(BufferedImage image) {
        return image.getType() == BufferedImage.TYPE_3BYTE_BGR
                && ((DataBufferByte) image.getRaster().getDataBuffer()).getData().length
                        == image.getHeight() * image.getWidth() * Pixels.CHANNELS;
    }

    private static Pixels ofBgr(BufferedImage image) {
        byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        byte[] rgb = new byte[bgr.length];
        for (int i = 0; i < bgr.length; i += Pixels.CHANNELS) {
            rgb[i] = bgr[i + 2];
            rgb[i + 1] = bgr[i + 1];
            rgb[i + 2] = bgr[i];
        }
        return new Pixels(image.getHeight(), image.getWidth(), rgb);
    }

    private static Pixels ofPalette(Raster raster, IndexColorModel palette) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        int width = raster.getWidth();
        int[] row = new int[width];
        byte[] rgb = new byte[raster.getHeight() * width * Pixels.CHANNELS];
        int target = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int index : raster.getPixels(0, y, width, 1, row)) {
                int colour = colours[index];
                int alpha = colour >>> 24;
                rgb[target++] = Samples.onWhite(colour >> 16 & 0xff, alpha);
                rgb[target++] = Samples.onWhite(colour >> 8 & 0xff, alpha);
                rgb[target++] = Samples.onWhite(colour & 0xff, alpha);
            }
        }
        return new Pixels(raster.getHeight(), width, rgb);
    }

    private static Pixels ofSamples(Raster raster, ColorModel model) {
        int bands = raster.getNumBands();
        int colours = model.hasAlpha() ? bands - 1 : bands;
        int[] from = {0, colours == 1 ? 0 : 1, colours == 1 ? 0 : 2};
        boolean premultiplied = model.isAlphaPremultiplied();
        int[] bits = model.getComponentSize(); // of green, other than those of red and blue in 16-bit pixels
        int width = raster.getWidth();
        int[] row = new int[width * bands];
        byte[] rgb = new byte[raster.getHeight() * width * Pixels.CHANNELS];
        int target = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int i = 0; i < row.length; i += bands) {
                int alpha = colours == bands ? Samples.WHITE : Samples.eightBits(row[i + colours], bits[colours]);
                for (int band : from) {
                    int sample = Samples.eightBits(row[i + band], bits[band]);
                    rgb[target++] =
                            premultiplied ? Samples.addedToWhite(sample, alpha) : Samples.onWhite(sample, alpha);
                }
            }
        }
        return new Pixels(raster.getHeight(), width, rgb);
    }

    /** Java's own conversion, for what is neither grey nor RGB or is no whole number. */
    private static Pixels ofColours(BufferedImage image) {
        int width = image.getWidth();
        int[] row = new int[width];
        byte[] rgb = new byte[image.getHeight() * width * Pixels.CHANNELS];
        int target = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int colour : image.getRGB(0, y, width, 1, row, 0, width)) {
                int alpha = colour >>> 24;
                rgb[target++] = Samples.onWhite(colour >> 16 & 0xff, alpha);
                rgb[target++] = Samples.onWhite(colour >> 8 & 0xff, alpha);
                rgb[target++] = Samples.onWhite(colour & 0xff, alpha);
            }
        }
        return new Pixels(image.getHeight(), width, rgb);
    }
}
