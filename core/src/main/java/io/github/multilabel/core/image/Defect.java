package io.github.multilabel.core.image;

/** What makes an encoded image unusable, before anyone knows the image's name. */
final class Defect extends Exception {

    private static final long serialVersionUID = 1;

    private final String remedy;

    Defect(String reason, String remedy, Throwable cause) {
        super(reason, cause);
        this.remedy = remedy;
    }

    /** The bytes end too early. */
    static Defect truncated(ImageFormat format, String detail) {
        return new Defect("truncated " + format + ": " + detail, "copy or download it again", null);
    }

    /** The bytes contradict the format. */
    static Defect damaged(ImageFormat format, String detail, Throwable cause) {
        return new Defect("damaged " + format + ": " + detail, "replace the file or leave it out", cause);
    }

    /** The format, or this kind of it, is not read. */
    static Defect unsupported(String what) {
        return new Defect("unsupported: " + what, "convert it to JPEG or PNG", null);
    }

    String reason() {
        return getMessage();
    }

    String remedy() {
        return remedy;
    }
}
