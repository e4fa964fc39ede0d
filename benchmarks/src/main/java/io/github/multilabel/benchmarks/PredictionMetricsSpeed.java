package io.github.multilabel.benchmarks;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.scoring.Bootstrap;
import io.github.multilabel.evaluation.scoring.PredictionMetrics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Seconds that the metrics of a million kept predictions take, without intervals and with those of a thousand
 * resamples. The predictions are made once, for which Java needs {@code -Xmx3g}; then {@code -Xmx1g} is enough, since
 * files of predictions are mapped into memory. All is computed by one thread, whose time on the processor is printed
 * too.
 */
@Command(name = "PredictionMetricsSpeed", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class PredictionMetricsSpeed implements Callable<Integer> {

    private static final double NANOS = 1e9;

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(names = "--file", required = true, description = "the predictions, made if there is no such file")
    private Path file;

    @Option(names = "--images", defaultValue = "1000000", description = "of the predictions that are made")
    private int images;

    @Option(names = "--categories", defaultValue = "10,50,200", split = ",", description = "of each head")
    private List<Integer> categories = List.of();

    @Option(names = "--tags", description = "the second head has tags")
    private boolean hasTags;

    @Option(names = "--show", description = "print the metrics too")
    private boolean isShown;

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new PredictionMetricsSpeed()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(file)) {
            make().write(file);
        }
        Predictions predictions = Predictions.read(file);
        System.out.println(predictions);
        measure("answers alone", () -> PredictionMetrics.evaluation(predictions));
        measure("all metrics", () -> PredictionMetrics.of(predictions));
        Object metrics =
                measure("all metrics, 1,000 resamples", () -> PredictionMetrics.of(predictions, Bootstrap.seeded(1)));
        if (isShown) {
            System.out.println(metrics);
        }
        return 0;
    }

    private static Object measure(String what, Supplier<?> work) {
        long start = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Object result = work.get();
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f s, of this thread %.1f s on the processor%n",
                what,
                (System.nanoTime() - start) / NANOS,
                (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / NANOS);
        return result;
    }

    /** Right logits are higher by 3 than the others, which are normal; of tags, a tenth apply. */
    private Predictions make() {
        HeadSet heads = HeadSet.of(IntStream.range(0, categories.size())
                .mapToObj(h -> {
                    List<String> names = IntStream.range(0, categories.get(h))
                            .mapToObj(k -> "c" + k)
                            .toList();
                    return hasTags && h == 1 ? Head.multiLabel("head" + h, names) : Head.singleLabel("head" + h, names);
                })
                .toArray(Head[]::new));
        Predictions.Builder builder = Predictions.builder(heads);
        Random random = new Random(1);
        for (int i = 0; i < images; i++) {
            float[][] logits = new float[heads.size()][];
            Labels.Builder labels = Labels.builder(heads);
            for (int h = 0; h < logits.length; h++) {
                Head head = heads.get(h);
                logits[h] = new float[head.size()];
                boolean isMulti = head.kind() == Head.Kind.MULTI_LABEL;
                for (int k = 0; k < head.size(); k++) {
                    logits[h][k] = (float) random.nextGaussian() - (isMulti ? 2 : 0);
                }
                int[] right = isMulti
                        ? IntStream.range(0, head.size())
                                .filter(k -> random.nextInt(10) == 0)
                                .toArray()
                        : new int[] {random.nextInt(head.size())};
                for (int k : right) {
                    logits[h][k] += 3;
                }
                labels.set(
                        head.name(),
                        IntStream.of(right).mapToObj(head::category).toList());
            }
            builder.add("image " + i, labels.build(), logits);
        }
        return builder.build();
    }
}
