package io.github.multilabel.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers what was left out, each image once, whatever the number of passes and threads. */
final class SkippedImages {

    private static final Logger LOG = LoggerFactory.getLogger(ImageDataset.class);
    private static final int SHOWN = 5;

    private final List<SkippedImage> beforehand;
    private final Map<Integer, SkippedImage> whileReading = new TreeMap<>();

    /** @param beforehand what was found when the data set was built; logged in one line for all */
    SkippedImages(List<SkippedImage> beforehand, int total) {
        this.beforehand = beforehand;
        if (!beforehand.isEmpty()) {
            LOG.warn("{}", summary(beforehand, total) + "\nThey are left out.");
        }
    }

    /** The count and the first few. */
    static String summary(List<SkippedImage> bad, int total) {
        StringBuilder text = new StringBuilder(bad.size() + " of " + total + " images cannot be used:");
        bad.stream().limit(SHOWN).forEach(image -> text.append("\n- ").append(image));
        if (bad.size() > SHOWN) {
            text.append("\n- and ").append(bad.size() - SHOWN).append(" more");
        }
        return text.toString();
    }

    synchronized void add(int index, SkippedImage skipped) {
        if (whileReading.putIfAbsent(index, skipped) == null) {
            LOG.warn("left out: {}", skipped);
        }
    }

    /** The samples that could not be decoded, in order; those that were missing beforehand are no samples. */
    synchronized List<Integer> indices() {
        return List.copyOf(whileReading.keySet());
    }

    synchronized List<SkippedImage> list() {
        List<SkippedImage> all = new ArrayList<>(beforehand);
        all.addAll(whileReading.values());
        return all;
    }
}
