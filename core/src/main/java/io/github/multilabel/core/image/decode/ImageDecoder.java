package io.github.multilabel.core.image.decode;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageDecodeException.Kind;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.formats.Defect;
import io.github.multilabel.core.internal.formats.EncodedImage;
import io.github.multilabel.core.internal.formats.ImageFormat;
import io.github.multilabel.core.internal.formats.JpegImage;
import io.github.multilabel.core.internal.formats.Orientation;
import io.github.multilabel.core.internal.formats.PixelLimit;
import io.github.multilabel.core.internal.sources.CheckedSource;
import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decodes JPEG, PNG, GIF, BMP and TIFF, and with a plug-in WebP, to upright RGB {@link Pixels}. Truncated images are
 * refused, never returned in part.
 *
 * <pre>{@code
 * Pixels photo = ImageDecoder.strict().decode(ImageSource.of(Path.of("car.jpg")));
 * }</pre>
 *
 * <ul>
 *   <li>The format is recognised by the bytes, not by the file's name.
 *   <li>EXIF orientation is applied, in JPEG, PNG, TIFF and WebP.
 *   <li>WebP needs the dependency {@code com.github.usefulness:webp-imageio} (libwebp, equal to Python) or
 *       {@code com.twelvemonkeys.imageio:imageio-webp} from 3.15.0 on (Java; lossy ones differ by 0.7 of 255 on
 *       average, and it takes about eight times as long); without, the message says so.
 *   <li>Colour profiles are ignored, as Pillow and so most training code does; a damaged one does no harm.
 *   <li>What is transparent is laid on white. 16-bit samples keep their upper byte. Of an animation, the first frame is
 *       taken.
 *   <li>JPEGs of four inks (CMYK, YCCK) are taken as stored inverted, as Photoshop writes them and Pillow reads them.
 *   <li>An image is refused by the size in its header if it has more than {@value #DEFAULT_PIXEL_LIMIT} pixels, and as
 *       too large if it does not fit the heap, which takes 4 to 11 bytes for each of them.
 * </ul>
 *
 * <p>Safe for use by many threads. Uses the JDK's readers, readers of its own for GIF, BMP and TIFF and one of those
 * for WebP, whatever plug-ins are installed, and changes no setting of {@code ImageIO}.
 */
public final class ImageDecoder {

    /** 100 megapixels: 300 MB of RGB. */
    public static final long DEFAULT_PIXEL_LIMIT = 100_000_000;

    private static final ImageDecoder STRICT = new ImageDecoder(false, true, new PixelLimit(DEFAULT_PIXEL_LIMIT));

    private final boolean lenient;
    private final boolean reducible;
    private final PixelLimit limit;
    private final AtomicLong repaired = new AtomicLong();

    private ImageDecoder(boolean lenient, boolean reducible, PixelLimit limit) {
        this.lenient = lenient;
        this.reducible = reducible;
        this.limit = limit;
    }

    /** Returns a decoder that refuses every image that is truncated or damaged. */
    public static ImageDecoder strict() {
        return STRICT;
    }

    /**
     * Returns a decoder that accepts, and counts in {@link #repaired()}, an image that has all of its pixels and lacks
     * only what has to follow them: the end marker of a JPEG or GIF, the IEND chunk of a PNG, the later frames or notes
     * of a WebP. Refuses all other truncated images.
     */
    public static ImageDecoder lenient() {
        return new ImageDecoder(true, true, STRICT.limit);
    }

    /**
     * Returns this decoder with another limit and its own count of repaired images.
     *
     * @param pixels the largest height times width that is decoded
     * @throws IllegalArgumentException unless it is in [1, 2^31 / 3], what one array can hold
     */
    public ImageDecoder withPixelLimit(long pixels) {
        if (pixels < 1 || pixels > Integer.MAX_VALUE / Pixels.CHANNELS) {
            throw new IllegalArgumentException(
                    "pixel limit " + pixels + " is outside [1, " + Integer.MAX_VALUE / Pixels.CHANNELS + "]");
        }
        return new ImageDecoder(lenient, reducible, new PixelLimit(pixels));
    }

    /**
     * Returns this decoder with its own count of repaired images, which never computes parts from a reduced image, see
     * {@link Photo#resized}: slower, but with the same bytes as resizing the whole image.
     */
    public ImageDecoder inFullSize() {
        return new ImageDecoder(lenient, false, limit);
    }

    /** The number of images that were accepted although the bytes after their pixels are missing; 0 if it is strict. */
    public long repaired() {
        return repaired.get();
    }

    /**
     * Reads and decodes an image.
     *
     * @return the image, upright
     * @throws ImageDecodeException if its bytes cannot be read or are no usable image
     */
    public Pixels decode(ImageSource source) throws ImageDecodeException {
        return open(source).pixels();
    }

    /**
     * Reads an image and checks its structure; its pixels are decoded by methods of the photo, as far as needed.
     *
     * @throws ImageDecodeException if its bytes cannot be read or its structure shows that they are no usable image
     */
    public Photo open(ImageSource source) throws ImageDecodeException {
        String name = source.name();
        try {
            byte[] bytes = read(source);
            EncodedImage image = EncodedImage.parse(bytes, limit);
            if (image.isWithoutEnd() && !lenient) {
                throw withoutEnd(ImageFormat.of(bytes));
            }
            return image instanceof JpegImage jpeg
                    ? new JpegPhoto(name, jpeg, this, reducible)
                    : Photo.of(decode(name, image, ImageFormat.of(bytes)));
        } catch (Defect defect) {
            throw unusable(name, withFile(defect, source));
        } catch (OutOfMemoryError e) { // by the encoded bytes alone
            throw ImageDecodeException.outOfMemory(name, e);
        }
    }

    private static ImageDecodeException unusable(String name, Defect defect) {
        return new ImageDecodeException(name, defect.kind(), defect.reason(), defect.remedy(), defect.getCause());
    }

    /** The message about an address with a bad image must name the cached file to delete. */
    private static Defect withFile(Defect defect, ImageSource source) {
        return new CheckedSource(source)
                .keptAs()
                .map(file -> new Defect(
                        defect.kind(),
                        defect.reason() + " (it is kept as " + file + "; delete that to have it fetched again)",
                        defect.remedy(),
                        defect))
                .orElse(defect);
    }

    private static Defect withoutEnd(ImageFormat format) {
        return Defect.truncated(
                format,
                switch (format) {
                    case PNG -> "it has no IEND chunk";
                    case WEBP -> "it is shorter than it says";
                    default -> "it has no end marker";
                });
    }

    /** All of an image that {@link #open} found usable. */
    Pixels decode(String name, EncodedImage image, ImageFormat format) throws ImageDecodeException {
        try {
            Pixels pixels = Heap.run(() -> upright(image, format));
            if (image.isWithoutEnd()) {
                repaired.incrementAndGet();
            }
            return pixels;
        } catch (Defect defect) {
            throw unusable(name, defect);
        } catch (OutOfMemoryError e) {
            Box size = image.stored();
            long pixels = (long) size.height() * size.width();
            int copies = image.orientation() == Orientation.UPRIGHT ? 1 : 2;
            long bytes = pixels * (image.bytesPerPixel() + copies * Pixels.CHANNELS);
            throw ImageDecodeException.outOfMemory(name, size, bytes, e);
        }
    }

    private static Pixels upright(EncodedImage image, ImageFormat format) throws Defect {
        try {
            return image.orientation().apply(image.decode());
        } catch (IOException | RuntimeException e) { // the JDK's readers throw several kinds of both on damaged bytes
            throw refusal(format, e);
        }
    }

    /** What a reader's exception means; they wrap what has happened in others. */
    private static Defect refusal(ImageFormat format, Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError error) {
                throw error;
            } else if (cause instanceof EOFException) {
                return Defect.truncated(format, "it ends within its pixels");
            }
        }
        String message = thrown instanceof IOException ? Objects.requireNonNullElse(thrown.getMessage(), "") : "";
        String said = message.isBlank() || message.contains("null")
                ? "the reader gave up, by " + thrown.getClass().getSimpleName()
                : "the reader says '" + message.strip() + "'";
        return Defect.damaged(format, said, thrown);
    }

    private static byte[] read(ImageSource source) throws Defect {
        CheckedSource checked = new CheckedSource(source);
        try {
            return checked.read();
        } catch (IOException e) {
            boolean speaks = e.getClass() == IOException.class && e.getMessage() != null;
            String reason = checked.problem().orElseGet(speaks ? e::getMessage : e::toString);
            boolean failed = e.getCause() instanceof RuntimeException;
            String remedy = failed ? "correct the code of the source" : "check the path and who may read it";
            throw new Defect(Kind.NOT_READ, "cannot be read: " + reason, remedy, e);
        }
    }

    /** A text that checkpoints keep, such as {@code "strict, at most 100000000 pixels"}. */
    public String describe() {
        return (lenient ? "lenient" : "strict") + ", at most " + limit.pixels() + " pixels"
                + (reducible ? "" : ", in full size");
    }

    /** It stands in the names of cached photos, so it stays as it is: with another text all would be decoded anew. */
    @Override
    public String toString() {
        return (lenient ? "lenient" : "strict") + ", at most PixelLimit[pixels=" + limit.pixels() + "]";
    }
}
