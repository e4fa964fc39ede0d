package io.github.multilabel.core.image;

import java.io.IOException;

/**
 * An image that cannot be used, whatever the cause: it is missing, cut off, damaged, too large, or of a format that is
 * not read. The message has the image's name, the reason and what to do.
 */
public final class ImageDecodeException extends IOException {

    private static final long serialVersionUID = 1;

    private final String source;
    private final String reason;

    ImageDecodeException(String source, Defect defect) {
        this(source, defect.reason(), defect.remedy());
        initCause(defect.getCause());
    }

    /**
     * An image that cannot be used for a reason that is not the decoder's.
     *
     * @param source its name
     * @param reason what is wrong with it
     * @param remedy what to do
     */
    public ImageDecodeException(String source, String reason, String remedy) {
        super(source + ": " + reason + "; " + remedy);
        this.source = source;
        this.reason = reason;
    }

    /** The name of the image, see {@link ImageSource#name()}. */
    public String source() {
        return source;
    }

    /** What is wrong with it, for example {@code "truncated JPEG: it has no end marker"}. */
    public String reason() {
        return reason;
    }
}
