package io.github.multilabel.core.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Takes the samples of a decoded raster as they are stored. Java's own conversion by colour models is slow, and bends
 * the curve of grey pictures.
 */
final class RasterPixels {

    private static final int WHITE = 255;

    private RasterPixels() {}

    /** Grey, grey with alpha, RGB, RGBA or palette, of 1 to 16 bits; what is transparent becomes white. */
    static Pixels of(BufferedImage image) {
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            return ofBgr(image);
        }
        return image.getColorModel() instanceof IndexColorModel palette
                ? ofPalette(image.getRaster(), palette)
                : ofSamples(image.getRaster(), image.getColorModel());
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
                rgb[target++] = onWhite(colour >> 16 & 0xff, alpha);
                rgb[target++] = onWhite(colour >> 8 & 0xff, alpha);
                rgb[target++] = onWhite(colour & 0xff, alpha);
            }
        }
        return new Pixels(raster.getHeight(), width, rgb);
    }

    private static Pixels ofSamples(Raster raster, ColorModel model) {
        int bands = raster.getNumBands();
        int colours = model.hasAlpha() ? bands - 1 : bands;
        int green = colours == 1 ? 0 : 1;
        int blue = colours == 1 ? 0 : 2;
        int bits = model.getComponentSize(0);
        int width = raster.getWidth();
        int[] row = new int[width * bands];
        byte[] rgb = new byte[raster.getHeight() * width * Pixels.CHANNELS];
        int target = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int i = 0; i < row.length; i += bands) {
                int alpha = colours == bands ? WHITE : eightBits(row[i + colours], bits);
                rgb[target++] = onWhite(eightBits(row[i], bits), alpha);
                rgb[target++] = onWhite(eightBits(row[i + green], bits), alpha);
                rgb[target++] = onWhite(eightBits(row[i + blue], bits), alpha);
            }
        }
        return new Pixels(raster.getHeight(), width, rgb);
    }

    private static int eightBits(int sample, int bits) {
        return bits >= 8 ? sample >> bits - 8 : sample * WHITE / ((1 << bits) - 1);
    }

    private static byte onWhite(int sample, int alpha) {
        return (byte) (alpha == WHITE ? sample : (sample * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE);
    }
}
