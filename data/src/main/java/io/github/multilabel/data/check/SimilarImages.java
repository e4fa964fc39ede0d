package io.github.multilabel.data.check;

import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.data.internal.Parallel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which images of many look the same, as {@link DataCheck} sees it, or have the same bytes. Where A looks like B and B
 * like C, all three are together: a split that parted any two of them would measure what was learned by heart.
 *
 * @param groups of each image, equal for images that belong together; null for one that stands alone
 * @param unread the images that could not be read, ascending
 */
public record SimilarImages(List<@Nullable String> groups, List<Integer> unread) {

    /**
     * Looks at all images, in parallel. One that cannot be decoded is together with those of the same bytes.
     *
     * @param progress receives how many are done
     */
    public static SimilarImages among(List<ImageSource> images, ImageDecoder decoder, ProgressListener progress) {
        int threads = Runtime.getRuntime().availableProcessors();
        List<Inspection> inspections = Parallel.map(
                images, threads, image -> Inspection.of(image, decoder), "looking for similar images", progress);
        int[] parent = IntStream.range(0, images.size()).toArray();
        Map<String, Integer> firstOfContent = new HashMap<>();
        List<Integer> unread = new ArrayList<>();
        for (int i = 0; i < parent.length; i++) {
            String content = inspections.get(i).content();
            if (content == null) {
                unread.add(i);
            } else {
                Integer first = firstOfContent.putIfAbsent(content, i);
                join(parent, first == null ? i : first, i);
            }
        }
        List<@Nullable ImageLook> looks = new ArrayList<>();
        inspections.forEach(each -> looks.add(each.look()));
        for (List<Integer> group : NearDuplicates.groups(looks, DataCheck.NEAR, threads, progress)) {
            group.forEach(member -> join(parent, group.get(0), member));
        }
        return new SimilarImages(keys(parent), unread);
    }

    private static void join(int[] parent, int one, int other) {
        int a = root(parent, one);
        int b = root(parent, other);
        parent[Math.max(a, b)] = Math.min(a, b);
    }

    private static int root(int[] parent, int image) {
        int at = image;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    private static List<@Nullable String> keys(int[] parent) {
        int[] sizes = new int[parent.length];
        for (int image = 0; image < parent.length; image++) {
            sizes[root(parent, image)]++;
        }
        List<@Nullable String> keys = new ArrayList<>();
        for (int image = 0; image < parent.length; image++) {
            int root = root(parent, image);
            keys.add(sizes[root] > 1 ? Integer.toString(root) : null);
        }
        return keys;
    }
}
