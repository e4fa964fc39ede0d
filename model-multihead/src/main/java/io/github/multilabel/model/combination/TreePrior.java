package io.github.multilabel.model.combination;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pairs of heads: each head depends on at most one other, so that they form trees (Chow and Liu 1968), and the best
 * combination and the sum over all follow from one pass over the pairs that were seen.
 */
final class TreePrior implements Prior {

    /** Even a million numbers that are so much smaller change no sum in a digit that counts; their powers take time. */
    private static final double NEGLIGIBLE = -50;

    private final double[][] logMarginals;
    /** By head on what it depends. */
    private final List<Optional<Branch>> branches;
    /** Each head after the one on which it depends. */
    private final int[] order;

    /**
     * Of some pair tables.
     *
     * @param marginals the probabilities of the categories, by head
     * @throws IllegalArgumentException if a head depends on two others, or on itself
     */
    TreePrior(double[][] marginals, List<PairTable> tables) {
        logMarginals = Stream.of(marginals)
                .map(each -> Arrays.stream(each).map(Math::log).toArray())
                .toArray(double[][]::new);
        Branch[] found = new Branch[marginals.length];
        for (PairTable table : tables) {
            if (found[table.head()] != null) {
                throw new IllegalArgumentException("a head depends on two others");
            }
            found[table.head()] = new Branch(table, marginals[table.given()], marginals[table.head()]);
        }
        branches = Stream.of(found).map(Optional::ofNullable).toList();
        order = order();
    }

    private int[] order() {
        int[] ordered = new int[branches.size()];
        boolean[] done = new boolean[ordered.length];
        int count = 0;
        int before;
        do {
            before = count;
            for (int head = 0; head < done.length; head++) {
                if (!done[head] && branches.get(head).stream().allMatch(branch -> done[branch.given()])) {
                    done[head] = true;
                    ordered[count++] = head;
                }
            }
        } while (count > before);
        if (count < ordered.length) {
            throw new IllegalArgumentException("a head depends on itself");
        }
        return ordered;
    }

    /** The same heads as if they knew nothing of each other. */
    static TreePrior independent(double[][] marginals) {
        return new TreePrior(marginals, List.of());
    }

    List<PairTable> tables() {
        return branches.stream().flatMap(Optional::stream).map(Branch::table).toList();
    }

    @Override
    public double log(int[] categories) {
        double sum = 0;
        for (int head : order) {
            int category = categories[head];
            sum += branches.get(head).isEmpty()
                    ? logMarginals[head][category]
                    : branches.get(head)
                            .get()
                            .log(categories[branches.get(head).get().given()], category);
        }
        return sum;
    }

    @Override
    public double[][] marginals() {
        double[][] marginals = new double[order.length][];
        for (int head : order) {
            marginals[head] = branches.get(head)
                    .map(branch -> branch.probabilities(marginals[branch.given()]))
                    .orElseGet(() ->
                            Arrays.stream(logMarginals[head]).map(Math::exp).toArray());
        }
        return marginals;
    }

    @Override
    public boolean isSeen(int[] categories) {
        return tables().stream()
                .allMatch(table -> table.count(categories[table.given()], categories[table.head()]) > 0);
    }

    @Override
    public double logTotal(double[][] evidence) {
        double[][] values = Stream.of(evidence).map(double[]::clone).toArray(double[][]::new);
        double total = 0;
        for (int i = order.length - 1; i >= 0; i--) {
            int head = order[i];
            Optional<Branch> branch = branches.get(head);
            if (branch.isPresent()) {
                branch.get().addTotal(values[head], values[branch.get().given()]);
            } else {
                for (int category = 0; category < values[head].length; category++) {
                    values[head][category] += logMarginals[head][category];
                }
                total += logSum(values[head]);
            }
        }
        return total;
    }

    @Override
    public Solution best(double[][] evidence, Constraints constraints) {
        return new Search(this, evidence, constraints, Double.NEGATIVE_INFINITY).best();
    }

    /** The best combination within domains, whatever the constraints. */
    Solution best(double[][] evidence, Domains domains) {
        double[][] values = new double[evidence.length][];
        for (int head = 0; head < values.length; head++) {
            values[head] = evidence[head].clone();
            for (int category = 0; category < values[head].length; category++) {
                if (!domains.has(head, category)) {
                    values[head][category] = Double.NEGATIVE_INFINITY;
                }
            }
        }
        int[][] choices = new int[values.length][];
        int[] found = new int[values.length];
        double score = 0;
        for (int i = order.length - 1; i >= 0; i--) {
            int head = order[i];
            Optional<Branch> branch = branches.get(head);
            if (branch.isPresent()) {
                choices[head] = new int[values[branch.get().given()].length];
                branch.get().addBest(values[head], values[branch.get().given()], choices[head]);
            } else {
                for (int category = 0; category < values[head].length; category++) {
                    values[head][category] += logMarginals[head][category];
                }
                found[head] = indexOfLargest(values[head]);
                score += values[head][found[head]];
            }
        }
        for (int head : order) {
            branches.get(head).ifPresent(branch -> found[head] = choices[head][found[branch.given()]]);
        }
        return score == Double.NEGATIVE_INFINITY ? Solution.NONE : new Solution(score, found);
    }

    static int indexOfLargest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    static double largest(double[] values) {
        return values[indexOfLargest(values)];
    }

    /** The logarithm of the sum of numbers whose logarithms are given. */
    static double logSum(double[] logs) {
        double most = largest(logs);
        double sum = 0;
        for (double log : logs) {
            sum += log - most < NEGLIGIBLE ? 0 : Math.exp(log - most);
        }
        return most + Math.log(sum);
    }
}
