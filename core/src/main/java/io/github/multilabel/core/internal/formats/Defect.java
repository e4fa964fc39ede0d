package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.ImageDecodeException.Kind;

/** What makes an encoded image unusable, before anyone knows the image's name. */
public final class Defect extends Exception {

    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final String remedy;

    public Defect(Kind kind, String reason, String remedy, Throwable cause) {
        super(reason, cause);
        this.kind = kind;
        this.remedy = remedy;
    }

    /** The bytes end too early. */
    public static Defect truncated(ImageFormat format, String detail) {
        return new Defect(Kind.TRUNCATED, "truncated " + format + ": " + detail, "copy or download it again", null);
    }

    /** The bytes contradict the format. */
    public static Defect damaged(ImageFormat format, String detail, Throwable cause) {
        return new Defect(Kind.DAMAGED, "damaged " + format + ": " + detail, "replace the file or leave it out", cause);
    }

    /** The format, or this kind of it, is not read. */
    static Defect unsupported(String what) {
        return new Defect(Kind.UNSUPPORTED, "unsupported: " + what, "convert it to JPEG or PNG", null);
    }

    /** Why the image is unusable. */
    public Kind kind() {
        return kind;
    }

    /** What is wrong with it. */
    public String reason() {
        return getMessage();
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
