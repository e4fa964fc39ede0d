package io.github.multilabel.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How training on a cluster should scale, by a model on paper of what {@code MultiLabelClassifier} does: each task
 * makes {@code period} steps, waits for the slowest, and all average their weights through an object store. It prints
 * tables of images a second and time per epoch, and what the time goes into. All it assumes are its options.
 *
 * <p>Of one round of N tasks, with weights of W bytes:
 *
 * <ul>
 *   <li>steps: {@code period} times the time of a step, times 1 plus what the slowest of N is late. A machine is slower
 *       than others by a factor of its own, which is normal with deviation s, and a step by one of each, with deviation
 *       c, of which a period averages; the largest of N normal deviations is about {@code sqrt(2 ln N)}.
 *   <li>transfer: each task writes W, reads its slice of everybody's, N times W/N, writes W/N, and reads all means, W;
 *       at the bandwidth of a machine, or its share of that of the store.
 *   <li>requests: 2 N reads for each task, so many at once, each with a delay; and those of all tasks, 2 N squared, at
 *       the rate that the store takes.
 * </ul>
 */
@Command(name = "ClusterScaling", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class ClusterScaling implements Callable<Integer> {

    private static final double MEGABYTE = 1e6;
    private static final double BYTES_PER_WEIGHT = 4;

    @Option(names = "--tasks", split = ",", description = "numbers of tasks, one on each machine")
    private List<Integer> tasks = List.of(1, 2, 4, 8, 16, 32, 64, 128, 256);

    @Option(names = "--images-per-second", defaultValue = "20", description = "of one task that trains alone")
    private double imagesPerSecond;

    @Option(names = "--batch", defaultValue = "32", description = "images of a step of a task")
    private int batch;

    @Option(names = "--weights", split = ",", description = "of the model, in millions")
    private List<Double> millions = List.of(4.7, 21.3, 86.0);

    @Option(names = "--period", split = ",", description = "steps between two averages")
    private List<Integer> periods = List.of(8, 32, 128);

    @Option(names = "--images", defaultValue = "1000000", description = "of an epoch")
    private long images;

    @Option(names = "--machine-bandwidth", defaultValue = "300", description = "MB/s of a machine to the store")
    private double machineBandwidth;

    @Option(names = "--store-bandwidth", defaultValue = "12000", description = "MB/s of the store for all machines")
    private double storeBandwidth;

    @Option(names = "--delay", defaultValue = "0.03", description = "seconds until a read of the store begins")
    private double delay;

    @Option(names = "--reads-at-once", defaultValue = "8", description = "of a task")
    private int readsAtOnce;

    @Option(names = "--reads-per-second", defaultValue = "5500", description = "that the store takes of all tasks")
    private double readsPerSecond;

    @Option(names = "--machine-spread", defaultValue = "0.03", description = "deviation of how fast machines are")
    private double machineSpread;

    @Option(names = "--step-spread", defaultValue = "0.1", description = "deviation of how long steps take")
    private double stepSpread;

    /** Runs it with arguments. */
    public static void main(String... arguments) {
        System.exit(new CommandLine(new ClusterScaling()).execute(arguments));
    }

    @Override
    public Integer call() {
        System.out.printf(
                Locale.ROOT,
                "%,d images an epoch, batches of %d, %.0f images/s of one task; %.0f MB/s of a machine, %.0f MB/s of the"
                        + " store; %.0f ms delay, %d reads at once, %.0f reads/s of the store; machines differ by %.0f %%,"
                        + " steps by %.0f %%%n",
                images,
                batch,
                imagesPerSecond,
                machineBandwidth,
                storeBandwidth,
                1000 * delay,
                readsAtOnce,
                readsPerSecond,
                100 * machineSpread,
                100 * stepSpread);
        for (double weights : millions) {
            for (int period : periods) {
                System.out.printf(
                        Locale.ROOT,
                        "%n%.1f million weights, averaged every %d steps%n| tasks | images/s | of linear | epoch |"
                                + " steps | waiting | transfer | requests |%n|---|---|---|---|---|---|---|---|%n",
                        weights,
                        period);
                tasks.forEach(count -> System.out.println(row(round(count, period, weights), count, period)));
            }
        }
        return 0;
    }

    /** How long the parts of a round take, in seconds. */
    private record Round(double steps, double waiting, double transfer, double requests) {
        double seconds() {
            return steps + waiting + transfer + requests;
        }
    }

    private Round round(int count, int period, double weights) {
        double steps = period * batch / imagesPerSecond;
        if (count == 1) {
            return new Round(steps, 0, 0, 0);
        }
        double largest = Math.sqrt(2 * Math.log(count));
        double waiting = steps * largest * Math.hypot(machineSpread, stepSpread / Math.sqrt(period));
        double bandwidth = Math.min(machineBandwidth, storeBandwidth / count) * MEGABYTE;
        double bytes = weights * 1e6 * BYTES_PER_WEIGHT;
        double transfer = (3 + 1.0 / count) * bytes / bandwidth;
        double reads = 2.0 * count;
        double requests = Math.max(delay * Math.ceil(reads / readsAtOnce), reads * count / readsPerSecond);
        return new Round(steps, waiting, transfer, requests);
    }

    private String row(Round round, int count, int period) {
        double rate = count * period * batch / round.seconds();
        return String.format(
                Locale.ROOT,
                "| %d | %,.0f | %.2f | %s | %.1f s | %.1f s | %.1f s | %.1f s |",
                count,
                rate,
                rate / (count * imagesPerSecond),
                time(images / rate),
                round.steps,
                round.waiting,
                round.transfer,
                round.requests);
    }

    private static String time(double seconds) {
        return seconds < 7200
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }
}
