package io.github.multilabel.data.check;

import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.data.internal.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds images that are copies of each other: resized, compressed again, brighter, in grey, mirrored, framed, or cut by
 * up to a tenth at each side.
 *
 * <p>In a group each image looks like each other one, so that all but one of them can go; that A looks like B and B
 * like C says nothing of A and C, and makes two groups. Where very many images look alike, each is compared with some
 * hundreds of them only.
 */
final class NearDuplicates {

    /** Of images with one and the same hash, so many are compared with a new one. */
    private static final int COMPARED_OF_A_KIND = 64;
    /** The most alike of those that look like one image that count. */
    private static final int KEPT = 32;

    private final List<ImageLook> looks;
    /** Images of one hash that look like the first of them; most are alone. */
    private final List<List<Integer>> kinds = new ArrayList<>();
    /** The hash of each kind. */
    private final long[] hashes;

    private NearDuplicates(List<ImageLook> looks) {
        this.looks = looks;
        this.hashes = findKinds();
    }

    /**
     * Groups images that look the same, each with each. An image may be in several groups.
     *
     * @param looks null for an image that takes no part
     * @param distance the most bits in which two hashes may differ
     * @param threads that look for them
     * @return groups of two and more indices, ascending
     */
    static List<List<Integer>> groups(List<ImageLook> looks, int distance, int threads, ProgressListener progress) {
        return new NearDuplicates(looks).groups(distance, threads, progress);
    }

    private List<List<Integer>> groups(int distance, int threads, ProgressListener progress) {
        HashIndex index = new HashIndex(hashes, distance);
        List<LookPair> pairs = Parallel.map(
                        IntStream.range(0, kinds.size()).boxed().toList(),
                        threads,
                        kind -> pairs(kind, index, distance),
                        "comparing images",
                        progress)
                .stream()
                .flatMap(List::stream)
                .toList();
        List<List<Integer>> groups = new ArrayList<>();
        BitSet grouped = new BitSet();
        for (List<Integer> together : CompleteLinkage.groups(pairs)) {
            together.forEach(grouped::set);
            groups.add(together.stream()
                    .flatMap(kind -> kinds.get(kind).stream())
                    .sorted()
                    .toList());
        }
        IntStream.range(0, kinds.size())
                .filter(kind -> !grouped.get(kind) && kinds.get(kind).size() > 1)
                .forEach(kind -> groups.add(kinds.get(kind)));
        groups.sort(
                Comparator.comparingInt((List<Integer> group) -> group.get(0)).thenComparingInt(group -> group.get(1)));
        return groups;
    }

    /** Thousands of copies with one hash must not make millions of pairs. */
    private long[] findKinds() {
        Map<Long, List<List<Integer>>> byHash = new HashMap<>();
        long[] found = new long[looks.size()];
        for (int i = 0; i < looks.size(); i++) {
            if (looks.get(i) == null) {
                continue;
            }
            LookView view = LookView.of(looks.get(i));
            List<List<Integer>> same = byHash.computeIfAbsent(view.hash(), hash -> new ArrayList<>());
            same.stream()
                    .limit(COMPARED_OF_A_KIND)
                    .filter(kind -> LookView.of(looks.get(kind.get(0))).likeness(view) > 0)
                    .findFirst()
                    .orElseGet(() -> {
                        List<Integer> kind = new ArrayList<>();
                        found[kinds.size()] = view.hash();
                        kinds.add(kind);
                        same.add(kind);
                        return kind;
                    })
                    .add(i);
        }
        return Arrays.copyOf(found, kinds.size());
    }

    private ImageLook look(int kind) {
        return looks.get(kinds.get(kind).get(0));
    }

    /** The kinds that look like a copy of one kind, the most alike first. */
    private List<LookPair> pairs(int kind, HashIndex index, int distance) {
        Map<Integer, Double> likeness = new HashMap<>();
        Map<Integer, LookView> wholes = new HashMap<>();
        NearestHits hits = new NearestHits(distance);
        for (LookView copy : LookView.ofCopies(look(kind))) {
            index.near(copy.hash(), hits);
            hits.drain(other -> {
                if (other != kind) {
                    LookView whole = wholes.computeIfAbsent(other, of -> LookView.of(look(of)));
                    double like = copy.likeness(whole);
                    if (like > 0) {
                        likeness.merge(other, like, Math::max);
                    }
                }
            });
        }
        return likeness.entrySet().stream()
                .map(entry -> LookPair.of(kind, entry.getKey(), entry.getValue()))
                .sorted(LookPair.BEST_FIRST)
                .limit(KEPT)
                .toList();
    }
}
