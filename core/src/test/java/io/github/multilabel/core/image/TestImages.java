package io.github.multilabel.core.image;

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

/** Small pictures for tests. */
public final class TestImages {

    private TestImages() {}

    /** Bytes that look random, the same as {@code pattern} in golden/images.py. */
    public static Pixels pattern(int height, int width) {
        byte[] rgb = new byte[height * width * Pixels.CHANNELS];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((i * 2654435761L & 0xffffffffL) >>> 24);
        }
        return new Pixels(height, width, rgb);
    }

    public static Pixels plain(int height, int width, int grey) {
        byte[] rgb = new byte[height * width * Pixels.CHANNELS];
        Arrays.fill(rgb, (byte) grey);
        return new Pixels(height, width, rgb);
    }

    public static byte[] jpeg(Pixels pixels) {
        return write("jpeg", buffered(pixels), false);
    }

    public static byte[] progressive(Pixels pixels) {
        return write("jpeg", buffered(pixels), true);
    }

    public static byte[] png(Pixels pixels) {
        return write("png", buffered(pixels), false);
    }

    static byte[] interlaced(Pixels pixels) {
        return write("png", buffered(pixels), true);
    }

    static byte[] write(String format, BufferedImage image, boolean progressive) {
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

    /** A red left half and a blue right half. */
    static BufferedImage redAndBlue(int height, int width) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(width / 2, 0, width - width / 2, height);
        graphics.dispose();
        return image;
    }

    private static BufferedImage buffered(Pixels pixels) {
        BufferedImage image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < pixels.height(); y++) {
            for (int x = 0; x < pixels.width(); x++) {
                image.setRGB(x, y, pixels.get(y, x, 0) << 16 | pixels.get(y, x, 1) << 8 | pixels.get(y, x, 2));
            }
        }
        return image;
    }
}
