package io.github.multilabel.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Runs contenders in turn, A B C A B C ..., so that a machine whose speed drifts drifts for all of them. */
final class Rounds {

    private Rounds() {}

    /**
     * Measures and prints a table: median and best images per second, and the median over the rounds of the ratio to
     * the first contender in the same round.
     *
     * @param contenders the first is what the others are compared with
     * @param images a step
     * @param rounds counted, after one round of warm-up
     * @param steps of each contender in each round
     */
    static void run(List<Contender> contenders, int images, int rounds, int steps) {
        List<List<double[]>> measured = new ArrayList<>();
        contenders.forEach(c -> measured.add(new ArrayList<>()));
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                double[] seconds = contenders.get(i).steps(steps);
                if (round >= 0) {
                    measured.get(i).add(seconds);
                }
            }
        }
        System.out.printf(Locale.ROOT, "%-34s %12s %12s %28s%n", "", "median", "best", "ratio to the first");
        for (int i = 0; i < contenders.size(); i++) {
            double[] all =
                    measured.get(i).stream().flatMapToDouble(Arrays::stream).toArray();
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ratios[round] = median(measured.get(0).get(round))
                        / median(measured.get(i).get(round));
            }
            Arrays.sort(ratios);
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %8.1f im/s %8.1f im/s      %5.2f (%.2f to %.2f)%n",
                    contenders.get(i).name(),
                    images / median(all),
                    images / Arrays.stream(all).min().orElseThrow(),
                    median(ratios),
                    ratios[0],
                    ratios[rounds - 1]);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
