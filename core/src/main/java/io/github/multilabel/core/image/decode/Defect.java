package io.github.multilabel.core.image.decode;

import io.github.multilabel.core.image.decode.ImageDecodeException.Kind;

/** What makes an encoded image unusable, before anyone knows the image's name. */
final class Defect extends Exception {

    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final String remedy;

    Defect(Kind kind, String reason, String remedy, Throwable cause) {
        super(reason, cause);
        this.kind = kind;
        this.remedy = remedy;
    }

    /** The bytes end too early. */
    static Defect truncated(ImageFormat format, String detail) {
        return new Defect(Kind.TRUNCATED, "truncated " + format + ": " + detail, "copy or download it again", null);
    }

    /** The bytes contradict the format. */
    static Defect damaged(ImageFormat format, String detail, Throwable cause) {
        return new Defect(Kind.DAMAGED, "damaged " + format + ": " + detail, "replace the file or leave it out", cause);
    }

    /** The format, or this kind of it, is not read. */
    static Defect unsupported(String what) {
        return new Defect(Kind.UNSUPPORTED, "unsupported: " + what, "convert it to JPEG or PNG", null);
    }

    /**
     * The heap is too small.
     *
     * @param detail what the image needs, or empty if that is not known
     */
    static Defect outOfMemory(String detail, OutOfMemoryError cause) {
        return new Defect(
                Kind.TOO_LARGE,
                "too large for the heap of " + Heap.size() + (detail.isEmpty() ? "" : ": " + detail),
                "raise -Xmx, scale it down, or refuse images of its size by their headers with"
                        + " ImageDecoder.withPixelLimit",
                cause);
    }

    Kind kind() {
        return kind;
    }

    String reason() {
        return getMessage();
    }

    String remedy() {
        return remedy;
    }
}
