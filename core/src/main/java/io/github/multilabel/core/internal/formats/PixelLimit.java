package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.ImageDecodeException.Kind;

/** Refuses an image by the size that its header declares, before memory is taken for it. */
public record PixelLimit(long pixels) {

    void check(ImageFormat format, long width, long height) throws Defect {
        if (width < 1 || height < 1) {
            throw Defect.damaged(format, "it declares " + width + "x" + height + " pixels", null);
        }
        // dividing, because the product of two declared sizes can overflow
        if (height > pixels / width) {
            throw new Defect(
                    Kind.TOO_LARGE,
                    "too large: the header declares " + width + "x" + height + " pixels, the limit is " + pixels,
                    "scale it down, or raise the limit with ImageDecoder.withPixelLimit",
                    null);
        }
    }
}
