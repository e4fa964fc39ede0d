package io.github.multilabel.benchmarks;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.split.DataSplit;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Seconds for a stratified split of random rows, of three heads or of one with many tags, with a digest of the parts by
 * which two versions can be compared. Start it with a small {@code -Xmx} to see how much memory it needs.
 */
@Command(name = "SplitSpeed", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class SplitSpeed implements Callable<Integer> {

    private static final int CATEGORIES = 50;
    private static final int MOST_TAGS = 12;

    @Option(names = "--rows", split = ",", defaultValue = "10000,100000,1000000", description = "of the tables")
    private List<Integer> rows = List.of();

    @Option(
            names = "--tags",
            defaultValue = "0",
            description = "of one head, a few of them common; 0: three heads of 50")
    private int tags;

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SplitSpeed()).execute(args));
    }

    @Override
    public Integer call() {
        for (int count : rows) {
            List<Labels> labels = tags == 0 ? heads(count) : tags(count);
            long before = cpu();
            long start = System.nanoTime();
            DataSplit split = DataSplit.builder()
                    .setLabels(labels)
                    .addPart(Split.TRAIN, 0.8)
                    .addPart(Split.VALIDATION, 0.2)
                    .build();
            System.out.printf(
                    Locale.ROOT,
                    "%,d rows, %s: %.1f s, %.1f s of the CPU; parts %08x%n",
                    count,
                    tags == 0 ? "3 heads" : tags + " tags",
                    (System.nanoTime() - start) / 1e9,
                    (cpu() - before) / 1e9,
                    split.hashCode());
        }
        return 0;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static List<Labels> heads(int count) {
        List<String> names = List.of("brand", "type", "colour");
        HeadSet heads = HeadSet.of(names.stream()
                .map(name -> Head.singleLabel(name, numbered(CATEGORIES)))
                .toList());
        SplittableRandom random = new SplittableRandom(1);
        List<Labels> labels = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            Labels.Builder each = Labels.builder(heads);
            names.forEach(name -> each.setIndex(name, skewed(random, CATEGORIES)));
            labels.add(each.build());
        }
        return labels;
    }

    private List<Labels> tags(int count) {
        HeadSet heads = HeadSet.of(Head.multiLabel("tags", numbered(tags)));
        SplittableRandom random = new SplittableRandom(1);
        List<Labels> labels = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            TreeSet<String> chosen = new TreeSet<>();
            for (int i = random.nextInt(MOST_TAGS); i > 0; i--) {
                chosen.add("t" + skewed(random, tags));
            }
            labels.add(Labels.builder(heads).set("tags", chosen).build());
        }
        return labels;
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "t" + i).toList();
    }

    private static int skewed(SplittableRandom random, int count) {
        double uniform = random.nextDouble();
        return (int) (count * uniform * uniform * uniform);
    }
}
