package io.github.multilabel.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Images a second of executors with one core each, for prediction and for training. An executor decodes while it
 * computes, so hold the process, whose children executors are, to as many processors as there are executors
 * ({@code taskset -c 0}), and let numbers of executors take turns. Arguments: the number of executors, the folder of a
 * saved model, a folder of photos, a table with columns {@code image}, {@code brand}, {@code type}, {@code year} and
 * {@code part}, and the options of the training.
 */
final class ClusterSpeed {

    private static final int REPEATED = 12;

    private ClusterSpeed() {}

    public static void main(String[] arguments) throws IOException {
        int executors = Integer.parseInt(arguments[0]);
        List<String> options = List.of(arguments).subList(4, arguments.length);
        try (SparkSession spark = LocalCluster.start(executors, 2048, Files.createTempDirectory("multilabel-home"))) {
            double predicted = predict(spark, arguments[1], arguments[2]);
            double trained = train(spark, executors, arguments[2], arguments[3], options);
            System.out.printf(
                    Locale.ROOT,
                    "executors %d: prediction %.1f images/s, training %.1f images/s%n",
                    executors,
                    predicted,
                    trained);
        }
    }

    private static double predict(SparkSession spark, String model, String photos) {
        Dataset<Row> read =
                spark.read().format("binaryFile").load(photos).limit(100).cache();
        Dataset<Row> many = read.withColumn(
                        "copy", functions.explode(functions.sequence(functions.lit(1), functions.lit(REPEATED))))
                .repartition(8)
                .cache();
        long rows = many.count();
        Dataset<Row> answers = MultiLabelClassificationModel.of(Path.of(model))
                .transform(many)
                .agg(functions.count(functions.col("problem")));
        answers.collectAsList(); // loads and compiles
        long start = System.nanoTime();
        answers.collectAsList();
        return rows / ((System.nanoTime() - start) / 1e9);
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
                .setAveragingPeriod(16)
                .setWorkFolder(work.toUri().toString())
                .fit(rows.withColumn("image", functions.concat(functions.lit(photos + "/"), functions.col("image")))
                        .withColumn("validates", functions.col("part").equalTo("validation")));
        List<String> history = Files.readAllLines(work.resolve("result/history.csv"));
        return Double.parseDouble(history.get(history.size() - 1).split(",")[2]);
    }
}
