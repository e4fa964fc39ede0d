package io.github.multilabel.data;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.BoxCrop;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.decode.Photo;
import java.util.Objects;
import java.util.Optional;

/**
 * A photo, cut to its box where the data set wants that.
 *
 * @param box in this photo
 */
record Framed(Photo photo, Optional<Box> box) {

    /**
     * Cuts an image, if it has a box and a crop is given.
     *
     * @throws ImageDecodeException if the photo is damaged, or the box does not fit it: a photo of which the wrong part
     *     would be shown is as unusable as one of which a part is missing
     */
    static Framed of(Sample sample, Photo photo, Optional<BoxCrop> crop) throws ImageDecodeException {
        if (crop.isEmpty() || sample.box().isEmpty()) {
            return new Framed(photo, sample.box());
        }
        Pixels decoded = photo.pixels();
        Box box = sample.box().get();
        try {
            Box part = crop.get().part(decoded, box);
            Box moved = new Box(box.top() - part.top(), box.left() - part.left(), box.height(), box.width());
            return new Framed(Photo.of(decoded.crop(part)), Optional.of(moved));
        } catch (IllegalArgumentException e) {
            throw new ImageDecodeException(
                    sample.image().name(),
                    Objects.requireNonNullElse(e.getMessage(), e.toString()),
                    "correct the box or take it away");
        }
    }
}
