package io.github.multilabel.evaluation.mistakes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Clusters things by their similarity, the most similar first, and lays the clusters side by side. */
final class AverageLinkage {

    private AverageLinkage() {}

    /**
     * The order of the leaves of the tree. Two clusters are as similar as their members are on average; they are joined
     * at the ends that are most similar. Those that are similar to none keep their order, behind the others.
     *
     * @param similarity (N, N), symmetric; 0 for none
     */
    static List<Integer> order(double[][] similarity) {
        List<List<Integer>> clusters = new ArrayList<>();
        for (int i = 0; i < similarity.length; i++) {
            clusters.add(List.of(i));
        }
        while (true) {
            int first = -1;
            int second = -1;
            double highest = 0;
            for (int a = 0; a < clusters.size(); a++) {
                for (int b = a + 1; b < clusters.size(); b++) {
                    double mean = mean(similarity, clusters.get(a), clusters.get(b));
                    if (mean > highest) {
                        highest = mean;
                        first = a;
                        second = b;
                    }
                }
            }
            if (first < 0) {
                break;
            }
            List<Integer> joined = joined(similarity, clusters.get(first), clusters.remove(second));
            clusters.set(first, joined);
        }
        List<Integer> order = new ArrayList<>();
        clusters.stream().filter(cluster -> cluster.size() > 1).forEach(order::addAll);
        clusters.stream().filter(cluster -> cluster.size() == 1).forEach(order::addAll);
        return order;
    }

    private static double mean(double[][] similarity, List<Integer> first, List<Integer> second) {
        double sum = 0;
        for (int i : first) {
            for (int j : second) {
                sum += similarity[i][j];
            }
        }
        return sum / (first.size() * second.size());
    }

    private static List<Integer> joined(double[][] similarity, List<Integer> first, List<Integer> second) {
        List<Integer> left = first;
        List<Integer> right = second;
        double highest = -1;
        for (List<Integer> a : List.of(first, reversed(first))) {
            for (List<Integer> b : List.of(second, reversed(second))) {
                double atEnds = similarity[a.get(a.size() - 1)][b.get(0)];
                if (atEnds > highest) {
                    highest = atEnds;
                    left = a;
                    right = b;
                }
            }
        }
        List<Integer> joined = new ArrayList<>(left);
        joined.addAll(right);
        return joined;
    }

    private static List<Integer> reversed(List<Integer> list) {
        List<Integer> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }
}
