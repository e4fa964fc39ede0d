package io.github.multilabel.core.image;

import io.github.multilabel.testsupport.DrawnImages;
import java.awt.image.BufferedImage;

/** The small images of {@link DrawnImages} as pixels. */
public final class TestImages {

    private TestImages() {}

    public static Pixels pattern(int height, int width) {
        return new Pixels(height, width, DrawnImages.pattern(height, width));
    }

    public static Pixels plain(int height, int width, int grey) {
        return new Pixels(height, width, DrawnImages.plain(height, width, grey));
    }

    public static byte[] jpeg(Pixels pixels) {
        return DrawnImages.jpeg(buffered(pixels));
    }

    public static byte[] progressive(Pixels pixels) {
        return DrawnImages.progressive("jpeg", buffered(pixels));
    }

    public static byte[] png(Pixels pixels) {
        return DrawnImages.png(buffered(pixels));
    }

    public static byte[] interlaced(Pixels pixels) {
        return DrawnImages.progressive("png", buffered(pixels));
    }

    private static BufferedImage buffered(Pixels pixels) {
        return DrawnImages.image(pixels.height(), pixels.width(), pixels.rgb());
    }
}
