package io.github.multilabel.model.drift;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.model.prediction.CategoryProbability;
import io.github.multilabel.model.prediction.HeadPrediction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one head answered on images, as counts.
 *
 * @param head the name of the head
 * @param kind of the head
 * @param images how many there were
 * @param categories on how many of them each was predicted, of the {@value #MOST} that were predicted most, in the
 *     order of the head. Of a single-label head it is the most probable category, also where the answer is "unknown"
 * @param confidence how many probabilities were in each of ten bins of equal width, [0, 0.1) to [0.9, 1]: of a
 *     single-label head that of the most probable category, of a multi-label head those of all tags
 */
public record HeadReference(
        String head, Head.Kind kind, long images, Map<String, Long> categories, List<Long> confidence) {

    /** The categories that are told apart; others are counted together. */
    public static final int MOST = 50;

    /** Of confidence. */
    static final int BINS = 10;

    /** @throws IllegalArgumentException if counts do not fit each other */
    public HeadReference {
        categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
        confidence = List.copyOf(confidence);
        if (confidence.size() != BINS) {
            throw new IllegalArgumentException(
                    where(head) + BINS + " bins of confidence are needed, got " + confidence.size());
        }
        if (categories.size() > MOST) {
            throw new IllegalArgumentException(
                    where(head) + "at most " + MOST + " categories are told apart, got " + categories.size());
        }
        if (images < 1 || Collections.min(confidence) < 0) {
            throw new IllegalArgumentException(where(head) + "at least 1 image is needed and no count below 0, got "
                    + images + " images and confidence " + confidence);
        }
        long answers = categories.values().stream().mapToLong(Long::longValue).sum();
        if (kind == Head.Kind.SINGLE_LABEL && answers > images) {
            throw new IllegalArgumentException(where(head) + "it answers one category per image, got " + answers
                    + " answers for " + images + " images");
        }
        for (Map.Entry<String, Long> category : categories.entrySet()) {
            if (category.getValue() < 0 || category.getValue() > images) {
                throw new IllegalArgumentException(where(head) + "category '" + Excerpt.of(category.getKey())
                        + "' has the count " + category.getValue() + ", not 0 to " + images);
            }
        }
    }

    /**
     * Checks that it is for one of some heads.
     *
     * @throws IllegalArgumentException if there is no such head, it is of another kind, or lacks one of the categories
     */
    public void requireFit(HeadSet heads) {
        Head of = heads.get(head);
        if (of.kind() != kind) {
            throw new IllegalArgumentException(
                    where(head) + "it is of a head of kind " + kind + ", and this one is " + of.kind());
        }
        categories.keySet().forEach(of::indexOf);
    }

    private static String where(String head) {
        return "reference of head '" + Excerpt.of(head) + "': ";
    }

    /** Counts the answers of a head. */
    static final class Counter {

        private final Head head;
        private final long[] categories;
        private final long[] confidence = new long[BINS];
        private long images;

        Counter(Head head) {
            this.head = head;
            categories = new long[head.size()];
        }

        void add(HeadPrediction prediction) {
            images++;
            predicted(prediction).forEach(category -> categories[category]++);
            addConfidence(prediction, confidence);
        }

        HeadReference reference() {
            List<Integer> most = IntStream.range(0, head.size())
                    .boxed()
                    .sorted(Comparator.comparingLong((Integer category) -> categories[category])
                            .reversed())
                    .limit(MOST)
                    .sorted()
                    .toList();
            Map<String, Long> counts = new LinkedHashMap<>();
            most.forEach(category -> counts.put(head.category(category), categories[category]));
            List<Long> bins = new ArrayList<>();
            for (long bin : confidence) {
                bins.add(bin);
            }
            return new HeadReference(head.name(), head.kind(), images, counts, bins);
        }
    }

    /** The indices of the categories that count as predicted. */
    static List<Integer> predicted(HeadPrediction prediction) {
        return switch (prediction.head().kind()) {
            case SINGLE_LABEL -> List.of(mostProbable(prediction.probabilities()));
            case MULTI_LABEL ->
                prediction.predicted().stream()
                        .map(tag -> prediction.head().indexOf(tag.category()))
                        .toList();
        };
    }

    /** Adds 1 to the bin of each probability that counts. */
    static void addConfidence(HeadPrediction prediction, long[] bins) {
        List<CategoryProbability> all = prediction.probabilities();
        switch (prediction.head().kind()) {
            case SINGLE_LABEL -> bins[bin(all.get(mostProbable(all)))]++;
            case MULTI_LABEL -> all.forEach(tag -> bins[bin(tag)]++);
        }
    }

    /** Without sorting them, as there may be thousands. */
    private static int mostProbable(List<CategoryProbability> all) {
        int best = 0;
        for (int k = 1; k < all.size(); k++) {
            best = all.get(k).probability() > all.get(best).probability() ? k : best;
        }
        return best;
    }

    private static int bin(CategoryProbability category) {
        return Math.min((int) (category.probability() * BINS), BINS - 1);
    }
}
