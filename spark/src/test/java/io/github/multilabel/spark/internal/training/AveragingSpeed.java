package io.github.multilabel.spark.internal.training;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * How long members take to average weights through the file system of this machine, which they share: to be compared
 * with what {@code ClusterScaling} of the benchmarks assumes. Arguments: millions of weights, then numbers of members.
 */
final class AveragingSpeed {

    private static final int ROUNDS = 7;

    private AveragingSpeed() {}

    public static void main(String[] arguments) throws Exception {
        int weights = (int) (1e6 * Double.parseDouble(arguments[0]));
        FileSystem files = FileSystem.getLocal(new Configuration());
        for (String size : List.of(arguments).subList(1, arguments.length)) {
            System.out.printf(
                    Locale.ROOT, "%s members: median %.2f s%n", size, seconds(files, Integer.parseInt(size), weights));
        }
    }

    private static double seconds(FileSystem files, int size, int weights) throws Exception {
        Path folder = new Path(Files.createTempDirectory("multilabel-averaging").toUri());
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            List<Future<double[]>> members = new ArrayList<>();
            for (int rank = 0; rank < size; rank++) {
                int own = rank;
                members.add(threads.submit(() -> rounds(files, folder, own, size, weights)));
            }
            double[] slowest = new double[ROUNDS];
            for (Future<double[]> member : members) {
                double[] found = member.get();
                Arrays.setAll(slowest, round -> Math.max(slowest[round], found[round]));
            }
            Arrays.sort(slowest);
            return slowest[ROUNDS / 2];
        } finally {
            threads.shutdownNow();
            files.delete(folder, true);
        }
    }

    private static double[] rounds(FileSystem files, Path folder, int rank, int size, int weights) throws IOException {
        float[] values = new float[weights];
        Arrays.fill(values, rank);
        double[] seconds = new double[ROUNDS];
        try (FileGroup group = new FileGroup(files, folder, rank, size, () -> false)) {
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                group.average("weights", values, 1);
                seconds[round] = (System.nanoTime() - start) / 1e9;
            }
        }
        return seconds;
    }
}
