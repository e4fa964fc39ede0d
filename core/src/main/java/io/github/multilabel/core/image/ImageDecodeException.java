package io.github.multilabel.core.image;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown for an image that cannot be used: it is missing, truncated, damaged, too large, or of a format that is not
 * supported. The message has the image's name, the reason and what to do; {@link #kind} is the reason for programs.
 */
public final class ImageDecodeException extends IOException {

    private static final long serialVersionUID = 1;
    private static final int MEGABYTE = 1 << 20;

    private final String source;
    private final Kind kind;
    private final String reason;
    private final String remedy;

    /** The reasons why an image cannot be used. */
    public enum Kind {
        /** Its bytes cannot be read: there is no such file, or a store does not answer. */
        NOT_READ,
        /** The bytes are empty, or text, or anything else that is no image. */
        NOT_AN_IMAGE,
        /** An image of a format, or of a variant of one, that is not read here; it may be whole. */
        UNSUPPORTED,
        /** The bytes end before all pixels are there. */
        TRUNCATED,
        /** The bytes contradict their format. */
        DAMAGED,
        /** It has more pixels than the decoder's limit, or than the heap holds; it may be whole. */
        TOO_LARGE,
        /** A reason that is not the decoder's, such as a box that does not fit the image. */
        OTHER
    }

    /**
     * Creates the exception of an image that cannot be used.
     *
     * @param source the name of the image
     * @param kind the kind of the reason
     * @param reason what is wrong with it
     * @param remedy what to do
     * @param cause what was thrown while it was read or decoded; null if nothing was
     */
    public ImageDecodeException(String source, Kind kind, String reason, String remedy, @Nullable Throwable cause) {
        super(source + ": " + reason + "; " + remedy, cause);
        this.source = source;
        this.kind = kind;
        this.reason = reason;
        this.remedy = remedy;
    }

    /**
     * Creates the exception of an image that cannot be used for a reason that is not the decoder's.
     *
     * @param source the name of the image
     * @param reason what is wrong with it
     * @param remedy what to do
     */
    public ImageDecodeException(String source, String reason, String remedy) {
        this(source, Kind.OTHER, reason, remedy, null);
    }

    /**
     * Creates the exception of an image that needs more memory than there is.
     *
     * @param source the name of the image
     * @param cause that was thrown while it was decoded or resized
     */
    public static ImageDecodeException outOfMemory(String source, OutOfMemoryError cause) {
        return tooLarge(source, "", cause);
    }

    /**
     * Creates the exception of an image that needs more memory than there is.
     *
     * @param source the name of the image
     * @param size its height and width
     * @param bytes about how many it needs
     * @param cause that was thrown while it was decoded
     */
    public static ImageDecodeException outOfMemory(String source, Box size, long bytes, OutOfMemoryError cause) {
        String needs = size.width() + "x" + size.height() + " pixels need about " + megabytes(bytes);
        return tooLarge(source, ": " + needs, cause);
    }

    private static ImageDecodeException tooLarge(String source, String needs, OutOfMemoryError cause) {
        return new ImageDecodeException(
                source,
                Kind.TOO_LARGE,
                "too large for the heap of " + megabytes(Runtime.getRuntime().maxMemory()) + needs,
                "raise -Xmx, scale it down, or refuse images of its size by their headers with"
                        + " ImageDecoder.withPixelLimit",
                cause);
    }

    private static String megabytes(long bytes) {
        return (bytes + MEGABYTE - 1) / MEGABYTE + " MB";
    }

    /** The name of the image, see {@link ImageSource#name()}. */
    public String source() {
        return source;
    }

    /** Why it cannot be used. */
    public Kind kind() {
        return kind;
    }

    /** What is wrong with it, for example {@code "truncated JPEG: it has no end marker"}. */
    public String reason() {
        return reason;
    }

    /** What to do, for example {@code "copy or download it again"}. */
    public String remedy() {
        return remedy;
    }
}
