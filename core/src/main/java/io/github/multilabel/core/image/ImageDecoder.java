package io.github.multilabel.core.image;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decodes JPEG, PNG, GIF, BMP and TIFF, and with a plug-in WebP, to upright RGB {@link Pixels}, and never gives a
 * picture of which a part is missing.
 *
 * <pre>{@code
 * Pixels photo = ImageDecoder.strict().decode(ImageSource.of(Path.of("car.jpg")));
 * }</pre>
 *
 * <ul>
 *   <li>The format is told by the bytes, not by the file's name.
 *   <li>EXIF orientation is applied, in JPEG, PNG, TIFF and WebP.
 *   <li>WebP needs the dependency {@code com.twelvemonkeys.imageio:imageio-webp}; without it, the message says so.
 *       Lossless ones are exact, lossy ones come out slightly darker than in Python (4 of 255 on average), and slowly.
 *   <li>Colour profiles are ignored, as Pillow and so most training code does; a damaged one does no harm.
 *   <li>What is transparent is laid on white. 16-bit samples keep their upper byte. Of an animation, the first frame is
 *       taken.
 *   <li>JPEGs of four inks (CMYK, YCCK) are taken as stored inverted, as Photoshop writes them and Pillow reads them.
 *   <li>A picture is refused by the size in its header if it has more than {@value #DEFAULT_PIXEL_LIMIT} pixels.
 * </ul>
 *
 * <p>Safe for use by many threads. Uses the JDK's readers (and that one for WebP) whatever plug-ins are installed, and
 * changes no setting of {@code ImageIO}.
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

    /** Refuses every image that is not whole. */
    public static ImageDecoder strict() {
        return STRICT;
    }

    /**
     * Keeps, and counts in {@link #repaired()}, a JPEG that has all of its pixels and lacks only its end marker;
     * refuses all others that are not whole.
     */
    public static ImageDecoder lenient() {
        return new ImageDecoder(true, true, STRICT.limit);
    }

    /**
     * The same with another limit and a count of its own.
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
     * The same with a count of its own, and with photos of which parts are never computed from a reduced picture, see
     * {@link Photo#resized}: slower, and equal to the byte to resizing the whole.
     */
    public ImageDecoder inFullSize() {
        return new ImageDecoder(lenient, false, limit);
    }

    /** How many images this decoder gave although they lack their end marker; 0 if it is strict. */
    public long repaired() {
        return repaired.get();
    }

    /**
     * Reads and decodes an image.
     *
     * @return the picture, upright
     * @throws ImageDecodeException if its bytes cannot be read or are no usable image
     */
    public Pixels decode(ImageSource source) throws ImageDecodeException {
        return open(source).pixels();
    }

    /**
     * Reads an image to decode as much of it as is then asked for.
     *
     * @throws ImageDecodeException if its bytes cannot be read or its structure shows that they are no usable image
     */
    public Photo open(ImageSource source) throws ImageDecodeException {
        try {
            byte[] bytes = read(source);
            EncodedImage image = EncodedImage.parse(bytes, limit);
            if (image instanceof JpegImage jpeg) {
                if (jpeg.isWithoutEnd() && !lenient) {
                    throw Defect.truncated(ImageFormat.JPEG, "it has no end marker");
                }
                return new JpegPhoto(source.name(), jpeg, this, reducible);
            }
            return Photo.of(upright(image, ImageFormat.of(bytes)));
        } catch (Defect defect) {
            throw new ImageDecodeException(source.name(), withFile(defect, source));
        }
    }

    /** Who is told that an address has a bad image must know which file to delete. */
    private static Defect withFile(Defect defect, ImageSource source) {
        return source.keptAs()
                .map(file -> new Defect(
                        defect.reason() + " (it is kept as " + file + "; delete that to have it fetched again)",
                        defect.remedy(),
                        defect))
                .orElse(defect);
    }

    /** All of a JPEG that {@link #open} found usable. */
    Pixels decode(String name, JpegImage image) throws ImageDecodeException {
        try {
            Pixels pixels = upright(image, ImageFormat.JPEG);
            if (image.isWithoutEnd()) {
                repaired.incrementAndGet();
            }
            return pixels;
        } catch (Defect defect) {
            throw new ImageDecodeException(name, defect);
        }
    }

    private static Pixels upright(EncodedImage image, ImageFormat format) throws Defect {
        try {
            return image.orientation().apply(image.decode());
        } catch (IOException | RuntimeException e) { // the JDK's readers throw several kinds of both on damaged bytes
            throw Defect.damaged(format, "the reader says " + e.getMessage(), e);
        }
    }

    private static byte[] read(ImageSource source) throws Defect {
        CheckedSource checked = new CheckedSource(source);
        try {
            return checked.read();
        } catch (IOException e) {
            boolean told = e.getClass() == IOException.class && e.getMessage() != null;
            String reason = checked.problem().orElseGet(told ? e::getMessage : e::toString);
            throw new Defect("cannot be read: " + reason, "check the path and who may read it", e);
        }
    }

    @Override
    public String toString() {
        return (lenient ? "lenient" : "strict") + ", at most " + limit;
    }
}
