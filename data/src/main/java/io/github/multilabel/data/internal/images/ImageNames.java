package io.github.multilabel.data.internal.images;

import io.github.multilabel.data.internal.text.LabelText;
import java.util.Locale;
import java.util.Set;

/** Which names are those of images. */
public final class ImageNames {

    /** In lower case, without the dot. */
    public static final Set<String> ENDINGS =
            Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "webp", "tif", "tiff", "avif", "heic");

    private ImageNames() {}

    /** Whether the name of a file, or the address of one, ends like an image's. */
    public static boolean isImage(String name) {
        String bare = LabelText.clean(name);
        if (bare.regionMatches(true, 0, DataImage.SCHEME, 0, DataImage.SCHEME.length())) {
            return bare.toLowerCase(Locale.ROOT).startsWith("data:image/");
        }
        if (bare.contains("://")) {
            bare = bare.replaceFirst("[?#].*", "");
        }
        return ENDINGS.contains(bare.substring(bare.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
