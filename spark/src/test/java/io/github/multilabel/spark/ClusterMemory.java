package io.github.multilabel.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Whether memory grows with the number of rows: predicts few images again and again, by two executors of one core, into
 * Parquet files, and prints the resident memory of the driver and of each executor, in MB, every ten seconds. Needs
 * Linux. Arguments: the number of rows, the folder of a saved model, a folder of images.
 */
final class ClusterMemory {

    private static final int IMAGES = 100;
    private static final int ROWS_OF_TASK = 5000;
    private static final int SECONDS = 10;

    private ClusterMemory() {}

    public static void main(String[] arguments) throws IOException {
        long rows = Long.parseLong(arguments[0]);
        ScheduledExecutorService sampling = Executors.newSingleThreadScheduledExecutor();
        SparkSession spark = LocalCluster.start(2, 1024, Files.createTempDirectory("multilabel-home"));
        try {
            Dataset<Row> images = spark.read()
                    .format("binaryFile")
                    .load(arguments[2])
                    .limit(IMAGES)
                    .withColumn("number", functions.monotonically_increasing_id())
                    .repartition(1)
                    .cache();
            long copies = Math.max(1, rows / images.count());
            Dataset<Row> many = spark.range(0, copies, 1, (int) Math.max(2, rows / ROWS_OF_TASK))
                    .toDF("copy")
                    .crossJoin(functions.broadcast(images));
            Path answers = Files.createTempDirectory("multilabel-answers").resolve("answers");
            LongAdder seconds = new LongAdder();
            sampling.scheduleAtFixedRate(() -> sample(seconds), 0, SECONDS, TimeUnit.SECONDS);
            MultiLabelClassificationModel.of(Path.of(arguments[1]))
                    .transform(many)
                    .drop("content")
                    .write()
                    .parquet(answers.toString());
            Dataset<Row> written = spark.read().parquet(answers.toString());
            System.out.printf(
                    Locale.ROOT,
                    "%d rows, %d with a problem%n",
                    written.count(),
                    written.where("problem is not null").count());
        } finally {
            sampling.shutdownNow();
            LocalCluster.stop(spark);
        }
    }

    private static void sample(LongAdder seconds) {
        List<String> sizes = new ArrayList<>();
        Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current()
                                .children()
                                .filter(child ->
                                        child.info().command().orElse("").endsWith("java")))
                .forEach(each -> sizes.add(String.format(Locale.ROOT, "%d MB", megabytes(each.pid()))));
        System.out.printf(Locale.ROOT, "%4d s: driver and executors %s%n", seconds.sum(), sizes);
        seconds.add(SECONDS);
    }

    private static long megabytes(long process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .sum();
        } catch (IOException e) {
            return 0; // it has ended
        }
    }
}
