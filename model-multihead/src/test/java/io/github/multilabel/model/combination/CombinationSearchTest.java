package io.github.multilabel.model.combination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is found is the best of all combinations, and the probabilities of all sum to 1; each is tried one by one. */
class CombinationSearchTest {

    private static final String SEED = "20120607";

    /** Random heads, labels of some rows, evidence of an image and constraints. */
    private static final class Trial {

        final Random random;
        final int[] sizes;
        final int[][] labels;
        final double[][] marginals;
        final double[][] evidence;
        final List<int[]> all = new ArrayList<>();

        Trial(long seed) {
            random = new Random(seed);
            sizes = random.ints(1 + random.nextInt(5), 1, 6).toArray();
            labels = new int[sizes.length][random.nextInt(60)];
            double unlike = random.nextDouble();
            for (int row = 0; row < labels[0].length; row++) {
                int common = random.nextInt(5);
                for (int head = 0; head < sizes.length; head++) {
                    int label = random.nextDouble() < unlike ? random.nextInt(5) : common;
                    labels[head][row] = random.nextInt(12) == 0 ? Labels.MISSING : label % sizes[head];
                }
            }
            marginals = Combinations.marginals(counts());
            evidence = Arrays.stream(sizes)
                    .mapToObj(size -> random.doubles(size, -6, 6).toArray())
                    .toArray(double[][]::new);
            addAll(new int[sizes.length], 0);
        }

        private void addAll(int[] categories, int head) {
            if (head == sizes.length) {
                all.add(categories.clone());
                return;
            }
            for (categories[head] = 0; categories[head] < sizes[head]; categories[head]++) {
                addAll(categories, head + 1);
            }
        }

        int[][] counts() {
            int[][] counts = Arrays.stream(sizes).mapToObj(int[]::new).toArray(int[][]::new);
            for (int head = 0; head < sizes.length; head++) {
                for (int label : labels[head]) {
                    if (label != Labels.MISSING) {
                        counts[head][label]++;
                    }
                }
            }
            return counts;
        }

        Prior prior(boolean whole) {
            if (!whole) {
                return new TreePrior(
                        marginals, PairSelection.of(labels, counts(), marginals).tables());
            }
            Map<int[], Integer> seen = new TreeMap<>(Arrays::compare);
            for (int row = 0; row < labels[0].length; row++) {
                int at = row;
                int[] categories =
                        Arrays.stream(labels).mapToInt(each -> each[at]).toArray();
                if (Arrays.stream(categories).noneMatch(label -> label == Labels.MISSING)) {
                    seen.merge(categories, 1, Integer::sum);
                }
            }
            return new FullPrior(
                    marginals,
                    seen.keySet().toArray(int[][]::new),
                    seen.values().stream().mapToInt(Integer::intValue).toArray());
        }

        Constraints constraints(boolean rules, boolean parents) {
            List<Constraint> found = new ArrayList<>();
            for (int i = random.nextInt(12); rules && i > 0; i--) {
                int[] heads = IntStream.range(0, sizes.length)
                        .filter(head -> random.nextInt(sizes.length) < 2)
                        .toArray();
                if (heads.length > 0) {
                    found.add(new ForbiddenTerms(
                            heads,
                            Arrays.stream(heads)
                                    .map(head -> random.nextInt(sizes[head]))
                                    .toArray()));
                }
            }
            for (int parent = 1; parents && parent < sizes.length; parent++) {
                if (random.nextBoolean()) {
                    int size = sizes[parent];
                    found.add(new KnownParents(
                            0, parent, random.ints(sizes[0], -1, size).toArray(), size));
                }
            }
            return new Constraints(sizes, found);
        }
    }

    @Property(seed = SEED, tries = 600)
    void theBestOfAllThatIsAllowedIsFound(
            @ForAll long seed, @ForAll boolean whole, @ForAll boolean rules, @ForAll boolean parents) {
        Trial trial = new Trial(seed);
        Prior prior = trial.prior(whole);
        Constraints constraints = trial.constraints(rules, parents);

        Solution found = prior.best(trial.evidence, constraints);

        double best = trial.all.stream()
                .filter(constraints::allow)
                .mapToDouble(each -> prior.log(each) + Prior.sum(trial.evidence, each))
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
        if (best == Double.NEGATIVE_INFINITY) {
            assertThat(found.isNone()).as("nothing is allowed").isTrue();
        } else {
            assertThat(found.score()).isCloseTo(best, within(1e-9));
            assertThat(constraints.allow(found.categories())).isTrue();
            assertThat(prior.log(found.categories()) + Prior.sum(trial.evidence, found.categories()))
                    .as("its score is its own")
                    .isCloseTo(best, within(1e-9));
        }
    }

    @Property(seed = SEED, tries = 300)
    void theTotalIsTheSumOverAllCombinations(@ForAll long seed, @ForAll boolean whole) {
        Trial trial = new Trial(seed);
        Prior prior = trial.prior(whole);
        double sum = trial.all.stream()
                .mapToDouble(each -> Math.exp(prior.log(each) + Prior.sum(trial.evidence, each)))
                .sum();
        assertThat(prior.logTotal(trial.evidence)).isCloseTo(Math.log(sum), within(1e-9));
    }

    @Property(seed = SEED, tries = 200)
    void theProbabilityOfACategoryIsTheSumOverItsCombinations(@ForAll long seed, @ForAll boolean whole) {
        Trial trial = new Trial(seed);
        Prior prior = trial.prior(whole);
        double[][] sums = Arrays.stream(trial.sizes).mapToObj(double[]::new).toArray(double[][]::new);
        double total = trial.all.stream()
                .mapToDouble(each -> Math.exp(prior.log(each)))
                .sum();
        for (int[] each : trial.all) {
            for (int head = 0; head < each.length; head++) {
                sums[head][each[head]] += Math.exp(prior.log(each)) / total;
            }
        }
        for (int head = 0; head < sums.length; head++) {
            assertThat(prior.marginals()[head]).containsExactly(sums[head], within(1e-9));
        }
        assertThat(whole || Math.abs(total - 1) < 1e-9)
                .as("pairs are a distribution")
                .isTrue();
    }
}
