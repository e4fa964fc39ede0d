package io.github.multilabel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code of docs/spark.md: it runs, and it is what stands there. */
class SparkGuideTest {

    private static final Path SOURCE = Path.of("src/test/java/io/github/multilabel/spark/SparkGuideTest.java");
    private static final Path GUIDE = Path.of("../docs/spark.md");

    @TempDir
    private Path folder;

    @Test
    void aModelIsTrainedAndPredicts() throws IOException {
        Dataset<Row> drawings = Drawings.rows(64);

        MultiLabelClassificationModel trained =
                train(drawings, folder.resolve("work").toUri().toString());
        for (Row drawing : drawings.limit(3).collectAsList()) {
            Files.write(folder.resolve(drawing.getString(0)), (byte[]) drawing.get(1));
        }
        Path model = folder.resolve("work/result/model");
        predict(LocalSession.spark(), folder + "/*.png", model);

        assertThat(trained.modelHeads().names()).containsExactly("colour", "size", "tags");
    }

    private static void predict(SparkSession spark, String folder, Path model) {
        // @start region=predict
        Dataset<Row> photos = spark.read().format("binaryFile").load(folder);
        Dataset<Row> answers = MultiLabelClassificationModel.of(model).transform(photos);
        answers.select("path", "colour.category", "colour.probability", "problem")
                .show();
        // @end region=predict
    }

    private static MultiLabelClassificationModel train(Dataset<Row> drawings, String workFolder) {
        // @start region=train
        MultiLabelClassificationModel trained = new MultiLabelClassifier()
                .setLabelCols("colour", "size", "tags")
                .setValidationIndicatorCol("validation")
                .setOptions("--backbone", "small", "--image-size", "32", "--epochs", "2")
                .setNumTasks(2)
                .setWorkFolder(workFolder)
                .fit(drawings);
        // @end region=train
        return trained;
    }

    @ParameterizedTest
    @ValueSource(strings = {"predict", "train"})
    void theGuideShowsThisCode(String region) throws IOException {
        List<String> lines = Files.readAllLines(SOURCE);
        List<String> stripped = lines.stream().map(String::strip).toList();
        String code = lines
                .subList(
                        stripped.indexOf("// @start region=" + region) + 1,
                        stripped.indexOf("// @end region=" + region))
                .stream()
                .collect(Collectors.joining("\n"))
                .stripIndent();

        assertThat(Files.readString(GUIDE)).contains("```java\n" + code + "\n```");
    }
}
