package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.ImageDecodeException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.jspecify.annotations.Nullable;

/** The supported formats, recognised by their first bytes and never by the name of the file. */
public enum ImageFormat {
    JPEG("\u00ff\u00d8"),
    PNG("\u0089PNG\r\n\u001a\n"),
    GIF("GIF8"),
    BMP("BM"),
    TIFF("II*\0", "MM\0*"),
    /** Needs a plug-in, see {@link WebpPlugIn}. */
    WEBP("RIFF....WEBP");

    /** How far behind stray bytes an image's start is looked for, only to say so. */
    private static final int STRAY = 64;

    /** How much of a file is looked at: a drawing may begin with a long note. */
    private static final int HEAD = 512;

    private static final String JDK_READERS = "com.sun.imageio.";

    /** The first characters; a dot stands for any. */
    private final String[] magic;

    /** Null until it is found. */
    private @Nullable ImageReaderSpi provider;

    ImageFormat(String... magic) {
        this.magic = magic;
    }

    /** The names of all, for messages. */
    static String supported() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    /** Recognises the format, or says what the bytes are instead. */
    public static ImageFormat of(byte[] bytes) throws Defect {
        if (bytes.length == 0) {
            throw new Defect(Kind.NOT_AN_IMAGE, "empty: the file has no bytes", "copy or download it again", null);
        }
        String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
        for (ImageFormat format : values()) {
            if (format.startsAt(head, 0)) {
                return format;
            }
        }
        throw unknown(head);
    }

    private boolean startsAt(String head, int offset) {
        return Arrays.stream(magic).anyMatch(start -> startsWith(head, offset, start));
    }

    /** Whether a text has another at a place, in which a dot stands for any character. */
    static boolean startsWith(String text, int offset, String start) {
        if (text.length() - offset < start.length()) {
            return false;
        }
        for (int i = 0; i < start.length(); i++) {
            if (start.charAt(i) != '.' && start.charAt(i) != text.charAt(offset + i)) {
                return false;
            }
        }
        return true;
    }

    private static Defect unknown(String head) {
        Optional<Defect> other = OtherFormat.of(head);
        if (other.isPresent()) {
            return other.get();
        }
        for (int offset = 1; offset < Math.min(STRAY, head.length()); offset++) {
            // two bytes prove little away from the start: a JPEG's third is always the next marker's
            if (PNG.startsAt(head, offset) || startsWith(head, offset, "\u00ff\u00d8\u00ff")) {
                return new Defect(
                        Kind.DAMAGED,
                        offset + " stray bytes before the start of the image",
                        "remove them, or download the file again",
                        null);
            }
        }
        return text(head)
                ? new Defect(
                        Kind.NOT_AN_IMAGE,
                        "not an image: the file is text that begins '"
                                + head.substring(0, Math.min(STRAY, head.length()))
                                        .strip()
                                        .lines()
                                        .findFirst()
                                        .orElse("")
                                + "'",
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
     * A new reader for this format: the JDK's, or a plug-in's for WebP, whatever others an application has: the same
     * file must give the same pixels everywhere.
     */
    ImageReader newReader() throws IOException {
        return this == WEBP
                ? WebpReaders.CHOSEN.newReader()
                : provider()
                        .orElseThrow(() -> new IllegalStateException("this Java runtime has no " + this
                                + " reader of its own; use one with the module java.desktop"))
                        .createReaderInstance();
    }

    /** Refuses to go on without the plug-in. */
    void requireReader() throws Defect {
        WebpReaders.CHOSEN.require();
    }

    /** Whether WebP is read by Google's library. */
    static boolean isWebpNative() {
        return WebpReaders.CHOSEN.isNative();
    }

    /** Looked for once there is a WebP. */
    private static final class WebpReaders {
        static final WebpPlugIn CHOSEN = WebpPlugIn.beside(ImageFormat.class);
    }

    private synchronized Optional<ImageReaderSpi> provider() {
        if (provider == null) {
            provider = ofTheJdk().orElse(null);
        }
        return Optional.ofNullable(provider);
    }

    private Optional<ImageReaderSpi> ofTheJdk() {
        String name = name().toLowerCase(Locale.ROOT);
        Iterator<ImageReaderSpi> found = IIORegistry.getDefaultInstance()
                .getServiceProviders(
                        ImageReaderSpi.class,
                        candidate -> candidate.getClass().getName().startsWith(JDK_READERS)
                                && Arrays.asList(((ImageReaderSpi) candidate).getFormatNames())
                                        .contains(name),
                        true);
        return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
    }
}
