package io.github.multilabel.core.image;

import io.github.multilabel.testsupport.ImageFiles;
import java.awt.image.BufferedImage;

/** The small images of {@link ImageFiles} as pixels. */
public final class TestImages {

    private TestImages() {}

    public static Pixels pattern(int height, int width) {
        return new Pixels(height, width, ImageFiles.pattern(height, width));
    }

    public static Pixels plain(int height, int width, int grey) {
        return new Pixels(height, width, ImageFiles.plain(height, width, grey));
    }

    public static byte[] jpeg(Pixels pixels) {
        return ImageFiles.jpeg(buffered(pixels));
    }

    public static byte[] progressive(Pixels pixels) {
        return ImageFiles.progressive("jpeg", buffered(pixels));
    }

    public static byte[] png(Pixels pixels) {
        return ImageFiles.png(buffered(pixels));
    }

    static byte[] interlaced(Pixels pixels) {
        return ImageFiles.progressive("png", buffered(pixels));
    }

    private static BufferedImage buffered(Pixels pixels) {
        return ImageFiles.image(pixels.height(), pixels.width(), pixels.rgb());
    }
}
