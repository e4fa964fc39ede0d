package io.github.multilabel.data.internal.images;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.files.Digest;
import java.util.Base64;
import java.util.regex.Pattern;

/** Images that stand in the table themselves, as addresses of the kind {@code data:image/png;base64,...}. */
final class DataImage {

    static final String SCHEME = "data:";
    static final int SHOWN = 40;

    /** Far more than any photo has; a table with such a cell is no table. */
    private static final int MOST_DIGITS = 128 << 20;

    private static final int HEADER = 100;
    private static final Pattern PARTS = Pattern.compile("(?si)data:[^,]{0," + HEADER + "};base64");
    private static final Pattern BEGINNING =
            Pattern.compile("(?:/9j/|iVBORw0KGgo|R0lGOD|UklGR|Qk[01])[A-Za-z0-9+/]{60}");

    private DataImage() {}

    static ImageSource of(String address) {
        int comma = address.indexOf(',');
        if (comma < 0
                || comma > HEADER + SCHEME.length()
                || !PARTS.matcher(address.substring(0, comma)).matches()) {
            return new UnusableImage(
                    address.substring(0, Math.min(SHOWN, address.length())) + "...",
                    "is no image in the table that is read; data:image/png;base64, and then the image in Base64 is");
        }
        return of(address.substring(0, comma), WebAddress.decoded(address.substring(comma + 1)));
    }

    /** An image whose cell is nothing but Base64. */
    static ImageSource ofDigits(String digits) {
        return of("Base64", digits);
    }

    /** Whether a text begins as an image in Base64 does, and as no path. */
    static boolean looksLikeDigits(String text) {
        return BEGINNING.matcher(text).lookingAt();
    }

    private static ImageSource of(String kind, String written) {
        if (written.length() > MOST_DIGITS) {
            return new UnusableImage(
                    named(kind, written),
                    "is followed by " + written.length() + " letters; at most " + MOST_DIGITS + " are read");
        }
        String digits = written.replace('-', '+').replace('_', '/');
        try {
            byte[] bytes = decode(digits);
            return bytes.length == 0
                    ? new UnusableImage(kind, "is followed by nothing")
                    : new EncodedImage(kind + " of sha256 " + digest(bytes), digits);
        } catch (IllegalArgumentException e) {
            return new UnusableImage(
                    named(kind, written),
                    "is no Base64 to its end (" + e.getMessage() + "): the cell is cut off, or is something else");
        }
    }

    private static String named(String kind, String written) {
        return kind + " " + written.substring(0, Math.min(SHOWN, written.length())) + "...";
    }

    /** A name of its own for each image, since the address may be a megabyte. */
    private static String digest(byte[] bytes) {
        return Digest.sha256(bytes).substring(0, 16);
    }

    private static byte[] decode(String digits) {
        return Base64.getMimeDecoder().decode(digits);
    }

    /**
     * An image as its letters, which the table has anyway; decoded each time it is read.
     *
     * @param name with a digest of its bytes
     */
    private record EncodedImage(String name, String digits) implements ImageSource {

        @Override
        public byte[] read() {
            return decode(digits);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
