package io.github.multilabel.core.image.decode;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;
import io.github.multilabel.core.image.Taps;
import io.github.multilabel.core.internal.formats.ImageFormat;
import io.github.multilabel.core.internal.formats.JpegImage;
import io.github.multilabel.core.internal.formats.Orientation;
import io.github.multilabel.core.internal.jpeg.BaselineJpeg;
import java.util.Optional;

/**
 * A JPEG that is decoded in parts, if it is of the kind that can be; if not, or if it has a flaw, the JDK's reader
 * decodes all of it or says what is wrong. In full size both give the same bytes.
 *
 * <p>Why a decoder beside the JDK's: see the measurements in docs/pipeline.md.
 *
 * @param source its name, for messages
 * @param reducible whether parts may be decoded at reduced size
 */
record JpegPhoto(String source, JpegImage image, ImageDecoder decoder, boolean reducible) implements Photo {

    private static final int SMALLEST = 8;

    @Override
    public Box size() {
        return image.orientation().upright(stored());
    }

    private Box stored() {
        return image.stored();
    }

    @Override
    public Pixels pixels() throws ImageDecodeException {
        return decoder.decode(source, image, ImageFormat.JPEG);
    }

    @Override
    public Pixels resized(Box part, int height, int width, Interpolation interpolation) throws ImageDecodeException {
        Resizer.requireUsable(part, size(), height, width);
        Optional<BaselineJpeg> jpeg = image.baseline();
        Optional<Pixels> resized = jpeg.isPresent()
                ? Heap.run(() -> inPart(jpeg.get(), part, height, width, interpolation))
                : Optional.empty();
        return resized.isPresent() ? resized.get() : Resizer.resize(pixels(), part, height, width, interpolation);
    }

    /** Empty if the data has a flaw. */
    private Optional<Pixels> inPart(BaselineJpeg jpeg, Box part, int height, int width, Interpolation interpolation) {
        Box whole = size();
        int reduction = reduction(part, height, width);
        Orientation orientation = image.orientation();
        Taps rows = taps(
                whole.height(), part.top(), part.height(), height, reduction, orientation.rowsFromEnd(), interpolation);
        Taps columns = taps(
                whole.width(),
                part.left(),
                part.width(),
                width,
                reduction,
                orientation.columnsFromEnd(),
                interpolation);
        Box needed = new Box(rows.begin(), columns.begin(), rows.end() - rows.begin(), columns.end() - columns.begin());
        Box stored =
                orientation.stored(needed, reduced(stored().height(), reduction), reduced(stored().width(), reduction));
        return jpeg.decode(stored.top(), stored.left(), stored.height(), stored.width(), reduction)
                .map(rgb -> new Pixels(stored.height(), stored.width(), rgb))
                .map(decoded -> Resizer.apply(orientation.apply(decoded), rows.fromZero(), columns.fromZero()));
    }

    private int reduction(Box part, int height, int width) {
        int reduction = 1;
        while (reducible
                && reduction < SMALLEST
                && part.height() >= 2 * reduction * height
                && part.width() >= 2 * reduction * width) {
            reduction *= 2;
        }
        return reduction;
    }

    private static int reduced(int length, int reduction) {
        return (length + reduction - 1) / reduction;
    }

    /**
     * The weights of one side of the reduced image. Its samples are counted from where the stored image starts, so that
     * the first one of a side that is seen from its end may be a fraction.
     */
    private static Taps taps(
            int length, int start, int extent, int size, int reduction, boolean fromEnd, Interpolation interpolation) {
        int samples = reduced(length, reduction);
        double shift = fromEnd ? samples - (double) length / reduction : 0;
        return Taps.of(
                samples, (double) start / reduction + shift, (double) extent / reduction, size, 0, size, interpolation);
    }
}
