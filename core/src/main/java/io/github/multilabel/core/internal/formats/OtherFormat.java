package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.ImageDecodeException.Kind;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Kinds of files that are met among images and are not read; known only to say what a file is. */
enum OtherFormat {
    AVIF("an AVIF image", Remedy.CONVERT, "....ftypavi"),
    HEIC("a HEIC image", Remedy.CONVERT, "....ftyphe", "....ftypmif1", "....ftypmsf1"),
    CR3("a raw photo of a Canon camera (CR3)", Remedy.DEVELOP, "....ftypcrx"),
    VIDEO("a video (MP4 or QuickTime)", Remedy.FRAME, "....ftyp", "....moov", "....mdat"),
    MATROSKA("a video (Matroska or WebM)", Remedy.FRAME, "\u001aE\u00df\u00a3"),
    AVI("a video (AVI)", Remedy.FRAME, "RIFF....AVI "),
    WAV("a sound (WAV)", Remedy.REPLACE, "RIFF....WAVE"),
    RAW("a raw photo of a camera", Remedy.DEVELOP, "FUJIFILMCCD-RAW", "IIU\0", "IIRO", "IIRS", "FOVb"),
    JPEG_XL("a JPEG XL image", Remedy.CONVERT, "\u00ff\n", "\0\0\0\fJXL \r\n"),
    JPEG_2000("a JPEG 2000 image", Remedy.CONVERT, "\0\0\0\fjP  \r\n", "\u00ffO\u00ffQ"),
    JPEG_XR("a JPEG XR image", Remedy.CONVERT, "II\u00bc"),
    BIG_TIFF("a BigTIFF image", Remedy.CONVERT, "II+\0", "MM\0+"),
    PSD("a Photoshop document", Remedy.CONVERT, "8BPS"),
    ICON("an icon", Remedy.CONVERT, "\0\0\1\0", "icns"),
    DDS("a texture (DDS)", Remedy.CONVERT, "DDS "),
    QOI("a QOI image", Remedy.CONVERT, "qoif"),
    EXR("an OpenEXR image", Remedy.CONVERT, "v/1\1"),
    RADIANCE("a Radiance HDR image", Remedy.CONVERT, "#?RADIANCE", "#?RGBE"),
    PDF("a PDF document", Remedy.RENDER, "%PDF"),
    POST_SCRIPT("a PostScript drawing", Remedy.RENDER, "%!PS"),
    SVG("an SVG drawing", Remedy.RENDER, "<svg"),
    ZIP("a ZIP archive, or an office document", Remedy.UNPACK, "PK\3\4", "PK\5\6"),
    GZIP("a gzip file", Remedy.UNPACK, "\u001f\u008b"),
    BZIP2("a bzip2 file", Remedy.UNPACK, "BZh"),
    XZ("an xz file", Remedy.UNPACK, "\u00fd7zXZ"),
    SEVEN_ZIP("a 7z archive", Remedy.UNPACK, "7z\u00bc\u00af"),
    RAR("a RAR archive", Remedy.UNPACK, "Rar!"),
    NUMPY("a NumPy array", Remedy.CONVERT, "\u0093NUMPY"),
    LFS("a pointer of Git LFS and not the file itself", Remedy.LFS, "version https://git-lfs"),
    DATA_URL("a data URL, text in place of the image's bytes", Remedy.DECODE, "data:"),
    BASE64(
            "an image in base64, text in place of its bytes",
            Remedy.DECODE,
            "/9j/",
            "iVBORw0KGgo",
            "R0lGODdh",
            "R0lGODlh",
            "UklGR",
            "SUkqA",
            "TU0AK"),
    PNG_AS_TEXT(
            "a PNG whose line ends were changed, as a transfer in text mode does",
            Remedy.TRANSFER,
            "\u0089PNG\n\u001a\n",
            "\u0089PNG\r\u001a\r",
            "\u0089PNG\r\r\n\u001a\r\n",
            "\u00c2\u0089PNG",
            "\u00ef\u00bf\u00bdPNG");

    private static final Pattern PORTABLE_MAP = Pattern.compile("P([1-7fF])\\s[\\s\\S]*");

    /** What to do with such a file. */
    private enum Remedy {
        CONVERT(Kind.UNSUPPORTED, "convert it to JPEG or PNG"),
        DEVELOP(Kind.UNSUPPORTED, "develop it to JPEG or PNG"),
        RENDER(Kind.UNSUPPORTED, "render it as a PNG"),
        FRAME(Kind.NOT_AN_IMAGE, "save the frames that you want as JPEG or PNG"),
        UNPACK(Kind.NOT_AN_IMAGE, "unpack it"),
        REPLACE(Kind.NOT_AN_IMAGE, "replace the file or leave it out"),
        DECODE(Kind.NOT_AN_IMAGE, "decode the text to bytes, by java.util.Base64"),
        LFS(Kind.NOT_AN_IMAGE, "fetch it with git lfs pull"),
        TRANSFER(Kind.DAMAGED, "transfer it again in binary mode");

        private final Kind kind;
        private final String text;

        Remedy(Kind kind, String text) {
            this.kind = kind;
            this.text = text;
        }
    }

    private final String description;
    private final Remedy remedy;
    private final String[] magic;

    /** @param magic the first characters; a dot stands for any */
    OtherFormat(String description, Remedy remedy, String... magic) {
        this.description = description;
        this.remedy = remedy;
        this.magic = magic;
    }

    /**
     * What is wrong with a file of such a kind.
     *
     * @param head the first bytes, each as one character
     */
    static Optional<Defect> of(String head) {
        if (PORTABLE_MAP.matcher(head).matches()) {
            return Optional.of(defect(Remedy.CONVERT, "a portable map (PBM, PGM, PPM or PFM)"));
        }
        return Arrays.stream(values())
                .filter(format -> format.begins(head))
                .findFirst()
                .map(format -> defect(format.remedy, format.description));
    }

    private boolean begins(String head) {
        return Arrays.stream(magic).anyMatch(start -> ImageFormat.startsWith(head, 0, start))
                || this == SVG && head.startsWith("<?xml") && head.contains("<svg");
    }

    private static Defect defect(Remedy remedy, String description) {
        String what =
                switch (remedy.kind) {
                    case NOT_AN_IMAGE -> "not an image";
                    case DAMAGED -> "damaged";
                    default -> "unsupported";
                };
        return new Defect(remedy.kind, what + ": this is " + description, remedy.text, null);
    }
}
