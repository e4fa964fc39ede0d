package io.github.multilabel.data.internal.images;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.files.Digest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Images that stand in the table themselves, as addresses of the kind {@code data:image/png;base64,...}. */
final class DataImage {

    static final String SCHEME = "data:";
    private static final Pattern PARTS = Pattern.compile("(?si)(data:[^,]{0,100};base64),(.*)");
    private static final int SHOWN = 40;

    private DataImage() {}

    static ImageSource of(String address) {
        Matcher parts = PARTS.matcher(address);
        if (!parts.matches()) {
            return new UnusableImage(
                    address.substring(0, Math.min(SHOWN, address.length())) + "...",
                    "is no image in the table that is read; data:image/png;base64, and then the image in Base64 is");
        }
        try {
            String digits = WebAddress.decoded(parts.group(2)).replace('-', '+').replace('_', '/');
            byte[] bytes = Base64.getMimeDecoder().decode(digits);
            return ImageSource.of(parts.group(1) + " of sha256 " + digest(bytes), bytes);
        } catch (IllegalArgumentException e) {
            return new UnusableImage(parts.group(1), "is followed by no Base64 (" + e.getMessage() + ")");
        }
    }

    /** A name of its own for each image, since the address may be a megabyte. */
    private static String digest(byte[] bytes) {
        return Digest.sha256(bytes).substring(0, 16);
    }
}
