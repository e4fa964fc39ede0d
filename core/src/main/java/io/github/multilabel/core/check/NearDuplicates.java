package io.github.multilabel.core.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds images that look the same, without comparing each with each: two hashes that differ in at most d bits have one
 * of d + 1 pieces in common, so only those that share a piece are compared (multi-index hashing, Norouzi, Punjani and
 * Fleet, <a href="https://arxiv.org/abs/1307.2982">Fast Exact Search in Hamming Space</a>, 2014).
 */
final class NearDuplicates {

    private static final double MOST_COLOUR_DISTANCE = 16;
    /** Of images with one and the same hash, so many are compared with a new one. */
    private static final int COMPARED_OF_A_KIND = 64;

    private final List<ImageLook> looks;
    private final int distance;
    private final int[] parent;

    private NearDuplicates(List<ImageLook> looks, int distance) {
        this.looks = looks;
        this.distance = distance;
        this.parent = new int[looks.size()];
        for (int i = 0; i < parent.length; i++) {
            parent[i] = i;
        }
    }

    /**
     * Groups images that look the same, directly or through others.
     *
     * @param looks null for an image that takes no part
     * @param distance the most bits in which two hashes may differ
     * @return groups of two and more indices, ascending
     */
    static List<List<Integer>> groups(List<ImageLook> looks, int distance) {
        NearDuplicates search = new NearDuplicates(looks, distance);
        List<Integer> kinds = search.joinEqualHashes();
        for (int piece = 0; piece <= distance; piece++) {
            search.joinAlong(piece, kinds);
        }
        Map<Integer, List<Integer>> groups = new TreeMap<>();
        for (int i = 0; i < looks.size(); i++) {
            groups.computeIfAbsent(search.root(i), root -> new ArrayList<>()).add(i);
        }
        return groups.values().stream().filter(group -> group.size() > 1).toList();
    }

    /** Joins images of equal hash and like colours, and gives one image of each such kind. */
    private List<Integer> joinEqualHashes() {
        Map<Long, List<Integer>> byHash = new HashMap<>();
        List<Integer> kinds = new ArrayList<>();
        for (int i = 0; i < looks.size(); i++) {
            if (looks.get(i) == null) {
                continue;
            }
            List<Integer> same = byHash.computeIfAbsent(looks.get(i).hash(), hash -> new ArrayList<>());
            int known = -1;
            for (int k = 0; k < Math.min(COMPARED_OF_A_KIND, same.size()) && known < 0; k++) {
                known = join(same.get(k), i) ? same.get(k) : -1;
            }
            if (known < 0) {
                same.add(i);
                kinds.add(i);
            }
        }
        return kinds;
    }

    private void joinAlong(int piece, List<Integer> kinds) {
        int from = piece * Long.SIZE / (distance + 1);
        int to = (piece + 1) * Long.SIZE / (distance + 1);
        long mask = (to - from == Long.SIZE ? 0 : 1L << (to - from)) - 1;
        Map<Long, List<Integer>> byPiece = new HashMap<>();
        for (int i : kinds) {
            byPiece.computeIfAbsent(looks.get(i).hash() >>> from & mask, key -> new ArrayList<>())
                    .add(i);
        }
        for (List<Integer> bucket : byPiece.values()) {
            int[] members = bucket.stream().mapToInt(Integer::intValue).toArray();
            for (int a = 0; a < members.length; a++) {
                ImageLook look = looks.get(members[a]);
                for (int b = a + 1; b < members.length; b++) {
                    if (look.distance(looks.get(members[b])) <= distance) {
                        join(members[a], members[b]);
                    }
                }
            }
        }
    }

    private boolean join(int a, int b) {
        if (looks.get(a).colourDistance(looks.get(b)) > MOST_COLOUR_DISTANCE) {
            return false;
        }
        int rootA = root(a);
        int rootB = root(b);
        parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
        return true;
    }

    private int root(int i) {
        int at = i;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
