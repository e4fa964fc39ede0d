package io.github.multilabel.core.data;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.BoxCrop;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.Pixels;
import java.util.Optional;

/**
 * A decoded picture, cut to its box where the data set wants that.
 *
 * @param box in these pixels
 */
record Framed(Pixels pixels, Optional<Box> box) {

    /**
     * Cuts a picture, if it has a box and a crop is given.
     *
     * @throws ImageDecodeException if the box does not fit the picture: a photo of which the wrong part would be shown
     *     is as unusable as one of which a part is missing
     */
    static Framed of(Sample sample, Pixels decoded, Optional<BoxCrop> crop) throws ImageDecodeException {
        if (crop.isEmpty() || sample.box().isEmpty()) {
            return new Framed(decoded, sample.box());
        }
        Box box = sample.box().get();
        try {
            Box part = crop.get().part(decoded, box);
            Box moved = new Box(box.top() - part.top(), box.left() - part.left(), box.height(), box.width());
            return new Framed(decoded.crop(part), Optional.of(moved));
        } catch (IllegalArgumentException e) {
            throw new ImageDecodeException(sample.image().name(), e.getMessage(), "correct the box or take it away");
        }
    }
}
