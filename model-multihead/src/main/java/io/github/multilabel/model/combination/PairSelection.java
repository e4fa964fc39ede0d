package io.github.multilabel.model.combination;

import io.github.multilabel.core.Labels;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which pairs of heads are worth knowing: a spanning tree of the greatest gain, without pairs that tell nothing. The
 * gain of a pair is what its table is worth for its rows, each left out in its turn: their mutual information, without
 * what chance adds to it.
 *
 * @param tables each head at most once as the one that depends on another
 * @param gain of all of them
 */
record PairSelection(List<PairTable> tables, double gain) {

    /** So that a model stays small: about seven bytes each in its file. */
    private static final int MOST_PAIRS = 2_000_000;

    private record Edge(int one, int other, double gain, int pairs) {}

    /**
     * Chooses.
     *
     * @param labels by head and row
     * @param counts by head how many rows have each category
     * @param marginals the probabilities of the categories, by head
     */
    static PairSelection of(int[][] labels, int[][] counts, double[][] marginals) {
        double[][] logs = Stream.of(marginals)
                .map(each -> Arrays.stream(each).map(Math::log).toArray())
                .toArray(double[][]::new);
        List<Edge> edges = new ArrayList<>();
        for (int one = 0; one < labels.length - 1; one++) {
            Groups groups = Groups.of(labels[one], counts[one]);
            for (int other = one + 1; other < labels.length; other++) {
                PairTable table = groups.count(one, other, labels[other], counts[other].length);
                edges.add(new Edge(one, other, table.gain(logs), table.counts().length));
            }
        }
        edges.removeIf(edge -> !(edge.gain() > 0));
        edges.sort(Comparator.comparingDouble(Edge::gain).reversed());
        return rooted(tree(edges, labels.length), labels, counts);
    }

    /** The rows that have the label of a head, by its category. */
    @SuppressWarnings("ArrayRecordComponent") // read here alone
    private record Groups(int[] rows, int[] ends) {

        static Groups of(int[] labels, int[] counts) {
            int[] ends = new int[counts.length];
            for (int category = 1; category < ends.length; category++) {
                ends[category] = ends[category - 1] + counts[category - 1];
            }
            int[] rows = new int[IntStream.of(counts).sum()];
            for (int row = 0; row < labels.length; row++) {
                if (labels[row] != Labels.MISSING) {
                    rows[ends[labels[row]]++] = row;
                }
            }
            return new Groups(rows, ends);
        }

        PairTable count(int given, int head, int[] labels, int size) {
            return PairTable.count(given, head, rows, ends, labels, size);
        }
    }

    /** Those that join heads which the ones before do not (Kruskal). */
    private static List<Edge> tree(List<Edge> best, int heads) {
        int[] trees = IntStream.range(0, heads).toArray();
        int pairs = 0;
        List<Edge> chosen = new ArrayList<>();
        for (Edge edge : best) {
            int one = trees[edge.one()];
            int other = trees[edge.other()];
            if (one != other && pairs + edge.pairs() <= MOST_PAIRS) {
                Arrays.setAll(trees, head -> trees[head] == other ? one : trees[head]);
                pairs += edge.pairs();
                chosen.add(edge);
            }
        }
        return chosen;
    }

    /** In each tree the first head depends on none, and each other on the one that is nearer to it. */
    private static PairSelection rooted(List<Edge> edges, int[][] labels, int[][] counts) {
        boolean[] done = new boolean[labels.length];
        List<PairTable> tables = new ArrayList<>();
        for (int root = 0; root < labels.length; root++) {
            Deque<Integer> next = new ArrayDeque<>();
            if (!done[root]) {
                next.add(root);
            }
            while (!next.isEmpty()) {
                int given = next.remove();
                done[given] = true;
                Groups groups = Groups.of(labels[given], counts[given]);
                edges.stream()
                        .filter(edge -> edge.one() == given || edge.other() == given)
                        .mapToInt(edge -> edge.one() == given ? edge.other() : edge.one())
                        .filter(head -> !done[head])
                        .forEach(head -> {
                            tables.add(groups.count(given, head, labels[head], counts[head].length));
                            next.add(head);
                        });
            }
        }
        return new PairSelection(tables, edges.stream().mapToDouble(Edge::gain).sum());
    }
}
