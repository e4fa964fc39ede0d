package io.github.multilabel.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * How much faster two executors of one core are than one, in prediction and in training. One and two take turns within
 * one session, and each executor is held to a processor of its own ({@code taskset}, so on Linux): it would decode on
 * another one while it computes. Arguments: the number of rounds, the folder of a saved model, a folder of photos, a
 * table with columns {@code image}, {@code brand}, {@code type}, {@code year} and {@code part}, and the options of the
 * training; without options nothing is trained.
 */
final class ClusterSpeed {

    private static final int IMAGES = 100;
    private static final int REPEATED = 60;

    private ClusterSpeed() {}

    /** Something that so many tasks do; returns images a second. */
    private interface Work {
        double by(int tasks) throws IOException;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(arguments[0]);
        List<String> options = List.of(arguments).subList(4, arguments.length);
        SparkSession spark = LocalCluster.start(2, 2048, Files.createTempDirectory("multilabel-home"));
        try {
            holdExecutors();
            Dataset<Row> images = spark.read()
                    .format("binaryFile")
                    .load(arguments[2])
                    .limit(IMAGES)
                    .repartition(1)
                    .cache();
            MultiLabelClassificationModel model = MultiLabelClassificationModel.of(Path.of(arguments[1]));
            compare("prediction", rounds, tasks -> predict(spark, model, images, tasks));
            if (!options.isEmpty()) {
                compare("training", rounds, tasks -> train(spark, tasks, arguments[2], arguments[3], options));
            }
        } finally {
            LocalCluster.stop(spark);
        }
    }

    private static void holdExecutors() throws IOException, InterruptedException {
        List<Long> executors = ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .map(ProcessHandle::pid)
                .toList();
        for (int i = 0; i < executors.size(); i++) {
            int code = new ProcessBuilder("taskset", "-acp", String.valueOf(i), String.valueOf(executors.get(i)))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (code != 0 || executors.size() != 2) {
                throw new IllegalStateException(executors + " cannot be held to a processor each");
            }
        }
    }

    private static void compare(String what, int rounds, Work work) throws IOException {
        work.by(2); // loads and compiles
        work.by(2);
        double[] ratios = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            double one = work.by(1);
            double two = work.by(2);
            ratios[round] = two / one;
            System.out.printf(
                    Locale.ROOT, "%s: one %.1f images/s, two %.1f, %.2f times%n", what, one, two, ratios[round]);
        }
        Arrays.sort(ratios);
        System.out.printf(Locale.ROOT, "%s: median %.2f times%n", what, ratios[rounds / 2]);
    }

    private static double predict(
            SparkSession spark, MultiLabelClassificationModel model, Dataset<Row> images, int tasks) {
        Dataset<Row> answers = model.transform(
                        spark.range(0, REPEATED, 1, tasks).toDF("copy").crossJoin(functions.broadcast(images)))
                .agg(functions.count(functions.col("problem")));
        long start = System.nanoTime();
        answers.collectAsList();
        return IMAGES * REPEATED / ((System.nanoTime() - start) / 1e9);
    }

    private static double train(SparkSession spark, int tasks, String photos, String table, List<String> options)
            throws IOException {
        Path work = Files.createTempDirectory("multilabel-speed");
        Dataset<Row> rows = spark.read().option("header", "true").csv(table);
        new MultiLabelClassifier()
                .setImageCol("image")
                .setLabelCols("brand", "type", "year")
                .setValidationIndicatorCol("validates")
                .setOptions(options.toArray(String[]::new))
                .setNumTasks(tasks)
                .setWorkFolder(work.toUri().toString())
                .fit(rows.withColumn("image", functions.concat(functions.lit(photos + "/"), functions.col("image")))
                        .withColumn("validates", functions.col("part").equalTo("validation")));
        List<String> history = Files.readAllLines(work.resolve("result/history.csv"));
        return Double.parseDouble(history.get(history.size() - 1).split(",")[2]);
    }
}
