package io.github.multilabel.core.internal.drawing;

import io.github.multilabel.core.image.Pixels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** An image as a part of a page: a {@code data:} address of a JPEG, for which a browser asks nobody. */
public final class JpegAddress {

    private JpegAddress() {}

    /** The address of an image, which had better be small. */
    public static String of(Pixels pixels) {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(jpeg)) {
            if (!ImageIO.write(Canvas.toImage(pixels), "jpeg", out)) {
                throw new IOException("this Java has no JPEG writer");
            }
        } catch (IOException e) { // nothing is written outside of memory
            throw new UncheckedIOException(e);
        }
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg.toByteArray());
    }
}
