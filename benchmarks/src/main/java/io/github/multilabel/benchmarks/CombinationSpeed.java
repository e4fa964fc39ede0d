package io.github.multilabel.benchmarks;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.model.combination.CombinationLearner;
import io.github.multilabel.model.combination.Combinations;
import io.github.multilabel.model.combination.Posterior;
import io.github.multilabel.model.combination.Rule;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Microseconds of a core for the answer of all heads together: once where whole combinations are learned, once where
 * pairs are, with random rules of two heads.
 */
@Command(name = "CombinationSpeed", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class CombinationSpeed implements Callable<Integer> {

    private static final int IMAGES = 1000;
    private static final int ROUNDS = 4;

    @Option(names = "--heads", defaultValue = "10", description = "at least 2")
    private int heads;

    @Option(names = "--categories", defaultValue = "50", description = "of each head")
    private int categories;

    @Option(names = "--combinations", defaultValue = "5000", description = "that come, each ten times")
    private int combinations;

    @Option(names = "--rules", split = ",", defaultValue = "0,20,2000", description = "how many")
    private List<Integer> rules = List.of();

    private final SplittableRandom random = new SplittableRandom(1);

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new CombinationSpeed()).execute(args));
    }

    @Override
    public Integer call() {
        List<String> names =
                IntStream.range(0, categories).mapToObj(i -> "c" + i).toList();
        HeadSet set = HeadSet.of(IntStream.range(0, heads)
                .mapToObj(i -> Head.singleLabel("h" + i, names))
                .toList());
        int[][] whole = IntStream.range(0, combinations)
                .mapToObj(i -> IntStream.generate(this::category).limit(heads).toArray())
                .toArray(int[][]::new);
        for (int count : rules) {
            measure(set, count, i -> whole[i % whole.length]);
            measure(set, count, i -> chained());
        }
        return 0;
    }

    private int category() {
        return random.nextInt(categories);
    }

    /** Each head is mostly as the one before it. */
    private int[] chained() {
        int[] row = IntStream.generate(this::category).limit(heads).toArray();
        for (int head = 1; head < heads; head++) {
            row[head] = random.nextInt(3) == 0 ? row[head] : row[head - 1];
        }
        return row;
    }

    /** The categories of an image. */
    private interface Rows {
        int[] of(int index);
    }

    private void measure(HeadSet set, int count, Rows rows) {
        List<Rule> forbidden = new ArrayList<>();
        while (forbidden.size() < count) {
            int one = random.nextInt(heads);
            int other = (one + 1 + random.nextInt(heads - 1)) % heads;
            forbidden.add(Rule.forbid("h" + one + "=c" + category(), "h" + other + "=c" + category()));
        }
        CombinationLearner learner = new CombinationLearner(set, forbidden);
        for (int i = 0; i < 10 * combinations; i++) {
            learner.add(labels(set, rows.of(i)));
        }
        Combinations learned = learner.learn();
        double[][][] images =
                IntStream.range(0, IMAGES).mapToObj(i -> image(rows.of(i))).toArray(double[][][]::new);
        double micros = 0;
        for (int round = 0; round < ROUNDS; round++) { // the last counts
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (double[][] image : images) {
                Posterior posterior = learned.given(image);
                var unused = posterior.logProbability(posterior.best());
            }
            micros = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e3 / IMAGES;
        }
        System.out.printf(Locale.ROOT, "%s: %.0f microseconds%n", learned, micros);
    }

    private Labels labels(HeadSet set, int[] row) {
        Labels.Builder labels = Labels.builder(set);
        for (int head = 0; head < heads; head++) {
            labels.setIndex("h" + head, row[head]);
        }
        return labels.build();
    }

    /** Heads that are mostly right, and not quite sure. */
    private double[][] image(int[] row) {
        double[][] logs = new double[heads][categories];
        for (int head = 0; head < heads; head++) {
            for (int category = 0; category < categories; category++) {
                logs[head][category] = -8 + 4 * random.nextDouble() + (category == row[head] ? 3 : 0);
            }
        }
        return logs;
    }
}
