package io.github.multilabel.core.image.decode;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;

/** An image of which all is decoded. */
record DecodedPhoto(Pixels pixels) implements Photo {

    @Override
    public Box size() {
        return Box.of(pixels);
    }

    @Override
    public Pixels resized(Box part, int height, int width, Interpolation interpolation) {
        return Resizer.resize(pixels, part, height, width, interpolation);
    }
}
