package io.github.multilabel.core.image;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Kinds of files that are met among images and are not read; known only to say what a file is. */
enum OtherFormat {
    AVIF("an AVIF image", "....ftypavi"),
    HEIC("a HEIC image", "....ftyphe", "....ftypmif1", "....ftypmsf1"),
    JPEG_XL("a JPEG XL image", "\u00ff\n", "\0\0\0\fJXL \r\n"),
    JPEG_2000("a JPEG 2000 image", "\0\0\0\fjP  \r\n", "\u00ffO\u00ffQ"),
    BIG_TIFF("a BigTIFF image", "II+\0", "MM\0+"),
    PSD("a Photoshop document", "8BPS"),
    ICON("an icon", "\0\0\1\0"),
    PDF("a PDF document", "%PDF"),
    SVG("an SVG drawing", "<svg");

    private static final List<OtherFormat> DOCUMENTS = List.of(PDF, SVG);

    private final String description;
    private final String[] magic;

    /** @param magic the first characters; a dot stands for any */
    OtherFormat(String description, String... magic) {
        this.description = description;
        this.magic = magic;
    }

    /**
     * What is wrong with a file of such a kind.
     *
     * @param head the first bytes, each as one character
     */
    static Optional<Defect> of(String head) {
        return Arrays.stream(values())
                .filter(format -> format.begins(head))
                .findFirst()
                .map(OtherFormat::defect);
    }

    private boolean begins(String head) {
        return Arrays.stream(magic).anyMatch(start -> ImageFormat.startsWith(head, 0, start))
                || this == SVG && head.startsWith("<?xml") && head.contains("<svg");
    }

    private Defect defect() {
        return DOCUMENTS.contains(this)
                ? new Defect("unsupported: this is " + description, "render it as a PNG", null)
                : Defect.unsupported("this is " + description);
    }
}
