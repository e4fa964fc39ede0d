package io.github.multilabel.spark.command;

import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.spark.internal.Columns;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import picocli.CommandLine.Option;

/** Where the rows come from, and their images. */
final class RowOptions {

    /** The column that Spark's source of binary files fills with the bytes of each. */
    private static final String CONTENT = "content";

    private static final List<String> USUAL = List.of(CONTENT, "image", "path", "file", "filename");
    private static final Map<String, String> FORMATS =
            Map.of("parquet", "parquet", "orc", "orc", "csv", "csv", "json", "json", "jsonl", "json");

    @Option(
            names = "--table",
            paramLabel = "URI",
            description = "Rows with an image, or the path of one, and for training its labels: a file or folder that"
                    + " Spark reads, such as hdfs:///cars/labels.parquet.")
    private Optional<String> table = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "parquet|orc|csv|json",
            description = "How the table is written (default: as its name ends).")
    private Optional<String> format = Optional.empty();

    @Option(
            names = "--images",
            paramLabel = "URI",
            description = "The folder from which paths in the table start; without a table, the folder of the images,"
                    + " with those below it.")
    private Optional<String> images = Optional.empty();

    @Option(
            names = "--image-column",
            paramLabel = "NAME",
            description = "The column with the bytes of images, or their paths (default: content, image, path, file or"
                    + " filename, whichever is there first).")
    private Optional<String> imageColumn = Optional.empty();

    Dataset<Row> read(SparkSession spark) {
        if (table.isPresent()) {
            return absolute(readTable(spark, table.get()));
        }
        String folder = images.orElseThrow(() ->
                new InvalidInputException("there are no images: --images names a folder of them, and --table a table"));
        return spark.read()
                .format("binaryFile")
                .option("recursiveFileLookup", "true")
                .load(folder);
    }

    private Dataset<Row> readTable(SparkSession spark, String uri) {
        String ending = uri.replaceFirst("/+$", "").replaceFirst(".*[./]", "").toLowerCase(Locale.ROOT);
        String named = format.map(name -> name.toLowerCase(Locale.ROOT)).orElse(ending);
        String known = Optional.ofNullable(FORMATS.get(named))
                .orElseThrow(() -> new InvalidInputException("--table " + uri + ": '" + named
                        + "' is no format that is read; name parquet, orc, csv or json by --format"));
        DataFrameReader reader = spark.read().format(known);
        if (known.equals("csv")) {
            reader.option("header", "true").option("multiLine", "true").option("escape", "\"");
        }
        return reader.load(uri);
    }

    /** The name of the column of images. */
    String imageColumn(Dataset<Row> rows) {
        List<String> columns = List.of(rows.columns());
        imageColumn.ifPresent(column -> Columns.typeOf(rows.schema(), "--image-column", column));
        return imageColumn
                .or(() -> USUAL.stream().filter(columns::contains).findFirst())
                .orElseThrow(() -> new InvalidInputException(
                        "none of the columns " + columns + " is usual for images: name it by --image-column"));
    }

    /** Whether the images are in the rows, not beside them. */
    boolean isBytes(Dataset<Row> rows) {
        return rows.schema().apply(imageColumn(rows)).dataType() instanceof BinaryType;
    }

    /** Paths that are relative start from {@code --images}. */
    private Dataset<Row> absolute(Dataset<Row> rows) {
        String column = imageColumn(rows);
        if (images.isEmpty() || isBytes(rows)) {
            return rows;
        }
        Column path = Columns.named(column);
        Column joined = functions.concat(functions.lit(images.get().replaceFirst("/*$", "/")), path);
        return rows.withColumn(
                column, functions.when(path.rlike("^(/|\\w+:)"), path).otherwise(joined));
    }
}
