package io.github.multilabel.data.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Makes groups of pairs such that each member is in a pair with each other one. The most alike come together first; a
 * pair that falls between two groups makes another one, so that none is lost.
 */
final class CompleteLinkage {

    /** The keys of all pairs, ascending. */
    private final long[] keys;

    private CompleteLinkage(List<LookPair> pairs) {
        keys = pairs.stream()
                .mapToLong(pair -> LookPair.key(pair.a(), pair.b()))
                .sorted()
                .toArray();
    }

    /** Groups of two and more, each ascending. */
    static List<List<Integer>> groups(List<LookPair> pairs) {
        CompleteLinkage linkage = new CompleteLinkage(pairs);
        List<List<Integer>> groups = new ArrayList<>();
        List<LookPair> left = pairs.stream().sorted(LookPair.BEST_FIRST).toList();
        while (!left.isEmpty()) {
            Map<Integer, TreeSet<Integer>> groupOf = linkage.join(left);
            new LinkedHashSet<>(groupOf.values())
                    .stream()
                            .filter(group -> group.size() > 1)
                            .map(List::copyOf)
                            .forEach(groups::add);
            left = left.stream()
                    .filter(pair ->
                            !groupOf.getOrDefault(pair.a(), alone(pair.a())).contains(pair.b()))
                    .toList();
        }
        return groups;
    }

    /** Joins groups whose members are all in pairs, in the order of the pairs that are left. */
    private Map<Integer, TreeSet<Integer>> join(List<LookPair> left) {
        Map<Integer, TreeSet<Integer>> groupOf = new HashMap<>();
        for (LookPair pair : left) {
            TreeSet<Integer> a = groupOf.computeIfAbsent(pair.a(), CompleteLinkage::alone);
            TreeSet<Integer> b = groupOf.computeIfAbsent(pair.b(), CompleteLinkage::alone);
            if (a != b && a.stream().allMatch(one -> b.stream().allMatch(other -> isPair(one, other)))) {
                a.addAll(b);
                b.forEach(member -> groupOf.put(member, a));
            }
        }
        return groupOf;
    }

    private static TreeSet<Integer> alone(int member) {
        TreeSet<Integer> group = new TreeSet<>();
        group.add(member);
        return group;
    }

    private boolean isPair(int one, int other) {
        return Arrays.binarySearch(keys, LookPair.key(one, other)) >= 0;
    }
}
