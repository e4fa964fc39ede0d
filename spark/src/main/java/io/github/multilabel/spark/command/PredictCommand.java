package io.github.multilabel.spark.command;

import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.spark.MultiLabelClassificationModel;
import io.github.multilabel.spark.internal.Columns;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Predicts on a cluster. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Predicts the images of a table or of a folder, and writes a table with their predictions.",
            "Each row has the columns that it came with, without the bytes of the image, and one for each head."
        },
        footer =
                "  spark-submit --class io.github.multilabel.spark.command.MultilabelSpark multilabel-spark-cluster.jar"
                        + " predict --model hdfs:///models/cars --images hdfs:///cars/photos --output hdfs:///cars/answers")
final class PredictCommand implements Callable<Integer> {

    private static final List<String> FORMATS = List.of("parquet", "orc", "json");
    private static final int FAILED = 1;

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(
            names = "--model",
            required = true,
            paramLabel = "URI",
            description = "A model that train or Spark ML saved, the folder of a model that multilabel train saved, or"
                    + " a file that multilabel export wrote.")
    private String model;

    @Mixin
    private final RowOptions rows = new RowOptions();

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(names = "--output", required = true, paramLabel = "URI", description = "The folder to write.")
    private String output;

    @Option(
            names = "--output-format",
            paramLabel = "parquet|orc|json",
            description = "How it is written (default: ${DEFAULT-VALUE}).")
    private String outputFormat = "parquet";

    @Option(
            names = "--overwrite",
            description = "Replaces --output; without this option, a folder that is there is refused.")
    private boolean overwrite;

    @Option(
            names = "--head",
            split = ",",
            paramLabel = "HEAD",
            description = "The heads that get a column (default: all).")
    private List<String> heads = List.of();

    @Option(
            names = "--output-prefix",
            paramLabel = "TEXT",
            description = "What stands before the names of heads in those of columns, such as predicted_ (default:"
                    + " nothing).")
    private String outputPrefix = "";

    @Option(
            names = "--problem-column",
            paramLabel = "COLUMN",
            description = "The column that says why an image has no prediction (default: ${DEFAULT-VALUE}).")
    private String problemColumn = "problem";

    @Option(
            names = "--all-probabilities",
            description = "Gives each head a column HEAD_probabilities with the probability of each category.")
    private boolean allProbabilities;

    @Option(
            names = "--embeddings",
            paramLabel = "COLUMN",
            description = "Writes what the backbone finds in each image into a column (default: it is not written).")
    private Optional<String> embeddings = Optional.empty();

    @Option(
            names = "--engine",
            paramLabel = "pytorch|onnxruntime|openvino|auto",
            description = "Who computes (default: pytorch for a folder, onnxruntime for a file).")
    private Optional<String> engine = Optional.empty();

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16|float16|auto",
            description = "The data type of convolutions (default: ${DEFAULT-VALUE}).")
    private String precision = "float32";

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "How many images are computed at once (default: ${DEFAULT-VALUE}).")
    private int batchSize = 16;

    @Override
    public Integer call() throws Exception {
        String format = outputFormat.toLowerCase(Locale.ROOT);
        if (!FORMATS.contains(format)) {
            throw new InvalidInputException("--output-format " + outputFormat + ": one of " + FORMATS);
        }
        return Session.run("predict", spark -> predict(spark, format));
    }

    private int predict(SparkSession spark, String format) throws IOException {
        Path place = new Path(output);
        if (!overwrite
                && place.getFileSystem(spark.sparkContext().hadoopConfiguration())
                        .exists(place)) {
            throw new InvalidInputException(
                    "--output " + output + " is there already: name another place, or replace it by --overwrite");
        }
        Dataset<Row> read = rows.read(spark);
        String image = rows.imageColumn(read);
        Dataset<Row> predicted = configured(load(spark), image).transform(read);
        Dataset<Row> kept = rows.isBytes(read) ? predicted.drop(image) : predicted;
        kept.write()
                .mode(overwrite ? SaveMode.Overwrite : SaveMode.ErrorIfExists)
                .format(format)
                .save(output);
        // JSON leaves out what is null, so that its schema has to be told.
        return told(spark.read().schema(kept.schema()).format(format).load(output));
    }

    private MultiLabelClassificationModel configured(MultiLabelClassificationModel loaded, String image) {
        loaded.setImageCol(image)
                .setHeads(heads.toArray(String[]::new))
                .setOutputPrefix(outputPrefix)
                .setProblemCol(problemColumn)
                .setAllProbabilities(allProbabilities)
                .setPrecision(precision)
                .setBatchSize(batchSize);
        embeddings.ifPresent(loaded::setEmbeddingCol);
        engine.ifPresent(loaded::setEngine);
        return loaded;
    }

    /** One of Spark ML has its parameters beside the model. */
    private MultiLabelClassificationModel load(SparkSession spark) throws IOException {
        Path parameters = new Path(model, "metadata");
        return parameters
                        .getFileSystem(spark.sparkContext().hadoopConfiguration())
                        .exists(parameters)
                ? MultiLabelClassificationModel.load(model)
                : MultiLabelClassificationModel.ofHadoop(model);
    }

    /** Returns the exit code. */
    private int told(Dataset<Row> written) {
        long all = written.count();
        Dataset<Row> failed = written.where(Columns.named(problemColumn).isNotNull());
        long without = failed.count();
        System.out.println(all + " rows are in " + output
                + (without == 0
                        ? ""
                        : ", " + without + " of them without a prediction; the first: "
                                + failed.select(Columns.named(problemColumn))
                                        .first()
                                        .getString(0)));
        return without == 0 ? 0 : FAILED;
    }
}
