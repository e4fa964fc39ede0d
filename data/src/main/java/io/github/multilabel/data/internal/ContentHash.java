package io.github.multilabel.data.internal;

import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.files.Digest;
import io.github.multilabel.core.internal.sources.CheckedSource;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether images are the same to the byte. */
public final class ContentHash {

    private ContentHash() {}

    /**
     * The SHA-256 of each image's bytes, read in parallel: equal for images that must not be parted by a split.
     *
     * @param progress hears how many are done
     * @return one per image, in the same order; null for one that cannot be read
     */
    public static List<@Nullable String> of(List<ImageSource> images, ProgressListener progress) {
        return Parallel.map(
                images,
                Runtime.getRuntime().availableProcessors(),
                ContentHash::of,
                "looking for equal images",
                progress);
    }

    private static @Nullable String of(ImageSource image) {
        try {
            CheckedSource checked = new CheckedSource(image);
            return checked.problem().isPresent() ? null : Digest.sha256(checked.read());
        } catch (IOException | OutOfMemoryError e) { // whoever trains on it is told
            return null;
        }
    }
}
