package io.github.multilabel.core.internal.files;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws an image and writes it as a PNG: charts and sheets, which decorate what matters and must not endanger it. */
public final class PngFile {

    private PngFile() {}

    /**
     * Writes a PNG, without a temporary file; an earlier one is replaced when the new one is complete.
     *
     * @param drawing draws the image
     * @throws IOException if it cannot be written, or if this machine cannot draw, such as one without fonts: Java says
     *     so by an {@link Error}
     */
    public static void write(Path file, Supplier<BufferedImage> drawing) throws IOException {
        byte[] png = encoded(file, drawing);
        AtomicOutput.file(file, out -> out.write(png));
    }

    private static byte[] encoded(Path file, Supplier<BufferedImage> drawing) throws IOException {
        try {
            return bytes(drawing.get());
        } catch (Error e) { // what decorates must not end what it decorates
            throw new IOException(
                    file.getFileName() + " cannot be drawn on this machine: " + e
                            + "; text needs fonts: install the packages fontconfig and fonts-dejavu-core, or their like",
                    e);
        }
    }

    /**
     * Encodes an image as a PNG, in memory.
     *
     * @throws IOException if this Java has no PNG writer
     */
    public static byte[] bytes(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException("this Java has no PNG writer");
            }
        }
        return bytes.toByteArray();
    }
}
