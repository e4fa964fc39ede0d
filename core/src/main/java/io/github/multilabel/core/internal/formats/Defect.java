package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.ImageDecodeException.Kind;
import org.jspecify.annotations.Nullable;

/** The reason why an encoded image cannot be used, thrown where the name of the image is not known. */
public final class Defect extends Exception {

    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final String reason;
    private final String remedy;

    public Defect(Kind kind, String reason, String remedy, @Nullable Throwable cause) {
        super(reason, cause);
        this.kind = kind;
        this.reason = reason;
        this.remedy = remedy;
    }

    /** The bytes end too early. */
    public static Defect truncated(ImageFormat format, String detail) {
        return new Defect(Kind.TRUNCATED, "truncated " + format + ": " + detail, "copy or download it again", null);
    }

    /** The bytes contradict the format. */
    public static Defect damaged(ImageFormat format, String detail, @Nullable Throwable cause) {
        return new Defect(Kind.DAMAGED, "damaged " + format + ": " + detail, "replace the file or leave it out", cause);
    }

    /** The format, or this kind of it, is not read. */
    static Defect unsupported(String what) {
        return new Defect(Kind.UNSUPPORTED, "unsupported: " + what, "convert it to JPEG or PNG", null);
    }

    /** The kind of the reason. */
    public Kind kind() {
        return kind;
    }

    /** What is wrong with it. */
    public String reason() {
        return reason;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
