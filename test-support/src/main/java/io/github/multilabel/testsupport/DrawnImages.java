package io.github.multilabel.testsupport;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small images for tests, and files of them in memory. Samples are red, green and blue, row by row. */
public final class DrawnImages {

    private static final int CHANNELS = 3;

    private DrawnImages() {}

    /** Samples that look random, the same as {@code pattern} in golden/images.py. */
    public static byte[] pattern(int height, int width) {
        byte[] rgb = new byte[height * width * CHANNELS];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((i * 2654435761L & 0xffffffffL) >>> 24);
        }
        return rgb;
    }

    public static byte[] plain(int height, int width, int grey) {
        byte[] rgb = new byte[height * width * CHANNELS];
        Arrays.fill(rgb, (byte) grey);
        return rgb;
    }

    public static BufferedImage image(int height, int width, byte[] rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++, i += CHANNELS) {
                image.setRGB(x, y, (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | rgb[i + 2] & 0xff);
            }
        }
        return image;
    }

    /** A red left half and a blue right half. */
    public static BufferedImage redAndBlue(int height, int width) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(width / 2, 0, width - width / 2, height);
        graphics.dispose();
        return image;
    }

    public static byte[] png(BufferedImage image) {
        return encoded("png", image);
    }

    public static byte[] jpeg(BufferedImage image) {
        return encoded("jpeg", image);
    }

    /** @param format one that the JDK writes: png, jpeg, gif, bmp */
    public static byte[] encoded(String format, BufferedImage image) {
        return encoded(format, image, false);
    }

    /** A JPEG in several scans, or an interlaced PNG. */
    public static byte[] progressive(String format, BufferedImage image) {
        return encoded(format, image, true);
    }

    private static byte[] encoded(String format, BufferedImage image, boolean progressive) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (progressive) {
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
