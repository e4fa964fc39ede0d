package io.github.multilabel.core.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** The formats that are read, told apart by their first bytes and never by the name of the file. */
enum ImageFormat {
    JPEG("\u00ff\u00d8"),
    PNG("\u0089PNG\r\n\u001a\n"),
    GIF("GIF8"),
    BMP("BM");

    /** How far behind stray bytes a picture's start is looked for, only to say so. */
    private static final int STRAY = 64;

    private static final String JDK_READERS = "com.sun.imageio.";

    private final byte[] magic;
    private ImageReaderSpi provider;

    ImageFormat(String magic) {
        this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The names of all, for messages. */
    static String supported() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    /** Recognises the format, or says what the bytes are instead. */
    static ImageFormat of(byte[] bytes) throws Defect {
        if (bytes.length == 0) {
            throw new Defect("empty: the file has no bytes", "copy or download it again", null);
        }
        for (ImageFormat format : values()) {
            if (format.startsAt(bytes, 0)) {
                return format;
            }
        }
        throw unknown(bytes);
    }

    private boolean startsAt(byte[] bytes, int offset) {
        return Arrays.equals(bytes, offset, Math.min(bytes.length, offset + magic.length), magic, 0, magic.length);
    }

    private static Defect unknown(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, STRAY), StandardCharsets.ISO_8859_1);
        String brand = head.length() >= 12 && head.startsWith("ftyp", 4) ? head.substring(8, 12) : "";
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return Defect.unsupported("this is a WebP image");
        } else if (brand.startsWith("avi")) {
            return Defect.unsupported("this is an AVIF image");
        } else if (brand.startsWith("he") || brand.equals("mif1") || brand.equals("msf1")) {
            return Defect.unsupported("this is a HEIC image");
        } else if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
            return Defect.unsupported("this is a TIFF image");
        } else if (head.startsWith("%PDF")) {
            return Defect.unsupported("this is a PDF document");
        }
        for (int offset = 1; offset < Math.min(STRAY, bytes.length); offset++) {
            // two bytes prove little away from the start: a JPEG's third is always the next marker's
            if (PNG.startsAt(bytes, offset)
                    || JPEG.startsAt(bytes, offset) && offset + 2 < bytes.length && bytes[offset + 2] == (byte) 0xff) {
                return new Defect(
                        offset + " stray bytes before the start of the image",
                        "remove them, or download the file again",
                        null);
            }
        }
        return text(head)
                ? new Defect(
                        "not an image: the file is text that begins '"
                                + head.strip().lines().findFirst().orElse("") + "'",
                        "perhaps an error page was saved in its place; download it again",
                        null)
                : Defect.unsupported("this is none of " + supported());
    }

    private static boolean text(String head) {
        return head.length() > 1
                && !head.isBlank()
                && head.chars().noneMatch(c -> c < ' ' && !Character.isWhitespace(c));
    }

    /**
     * A new reader of the JDK for this format, whatever other plug-ins an application has: the same file must give the
     * same pixels everywhere.
     */
    ImageReader newReader() throws IOException {
        return provider().createReaderInstance();
    }

    private synchronized ImageReaderSpi provider() {
        if (provider == null) {
            String name = name().toLowerCase(Locale.ROOT);
            Iterator<ImageReaderSpi> found = IIORegistry.getDefaultInstance()
                    .getServiceProviders(
                            ImageReaderSpi.class,
                            candidate -> candidate.getClass().getName().startsWith(JDK_READERS)
                                    && Arrays.asList(((ImageReaderSpi) candidate).getFormatNames())
                                            .contains(name),
                            true);
            if (!found.hasNext()) {
                throw new IllegalStateException("this Java runtime has no " + this
                        + " reader of its own; use one with the module java.desktop");
            }
            provider = found.next();
        }
        return provider;
    }
}
