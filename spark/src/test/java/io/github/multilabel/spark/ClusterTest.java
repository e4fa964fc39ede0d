package io.github.multilabel.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.onnx.EnginePredictor;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master and two workers with a core each, whose executors are processes of this machine. */
@Tag("cluster")
class ClusterTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("colour", "blue", "green", "red"), Head.multiLabel("tags", "frame", "sun"));

    @TempDir
    private static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void startCluster() throws IOException {
        if (SparkSession.getDefaultSession().isDefined()) {
            SparkSession.getDefaultSession().get().stop(); // of another class
        }
        spark = LocalCluster.start(2, 1024, folder.resolve("home"));
    }

    @AfterAll
    static void stopCluster() {
        LocalCluster.stop(spark);
    }

    /** Ends its process the first time that it meets a row, as a machine that is lost does. */
    private record Killer(String flag, String path) implements MapFunction<Row, Row>, Serializable {
        @Override
        public Row call(Row row) throws IOException {
            if (row.getString(0).equals(path) && Files.deleteIfExists(Path.of(flag))) {
                Runtime.getRuntime().halt(1);
            }
            return row;
        }
    }

    private static Dataset<Row> killedAt(Dataset<Row> rows, String path) throws IOException {
        Path flag = Files.createTempFile(folder, "kill", "");
        return rows.map(new Killer(flag.toString(), path), Encoders.row(rows.schema()));
    }

    private static Path savedModel() throws IOException {
        Path saved = folder.resolve("model");
        Preprocessing preprocessing = Preprocessing.imageNet(32);
        try (MultiLabelModel model = MultiLabelModel.create(
                Backbones.byName("small"), HEADS, Map.of(), preprocessing, false, Device.cpu(), 1)) {
            model.save(saved);
        }
        return saved;
    }

    @Test
    void executorsAnswerAsThePredictorThoughOneIsLostAndImagesAreBroken() throws Exception {
        Path saved = savedModel();
        List<Row> drawings = Drawings.rows(spark, 100).collectAsList().stream()
                .map(row ->
                        RowFactory.create(row.get(0), row.getString(0).endsWith("7.png") ? new byte[] {1} : row.get(1)))
                .toList();
        Dataset<Row> rows = spark.createDataFrame(drawings, Drawings.IMAGES).repartition(4);

        List<Row> answers = MultiLabelClassificationModel.of(saved)
                .transform(killedAt(rows, "50.png"))
                .drop("content")
                .collectAsList();

        assertThat(answers)
                .extracting(row -> row.<String>getAs("path"))
                .containsExactlyInAnyOrderElementsOf(
                        drawings.stream().map(row -> row.getString(0)).toList());
        assertThat(answers.stream().filter(row -> row.getAs("problem") != null)).hasSize(10);
        try (EnginePredictor predictor = EnginePredictor.builder(saved).build()) {
            for (Row answer : answers) {
                if (answer.getAs("problem") == null) {
                    byte[] image = (byte[]) drawings.stream()
                            .filter(row -> row.get(0).equals(answer.getAs("path")))
                            .findFirst()
                            .orElseThrow()
                            .get(1);
                    Prediction expected = predictor.predict(ImageSource.of("expected", image));
                    assertThat(answer.<Row>getAs("colour").<Double>getAs("probability"))
                            .isCloseTo(expected.head("colour").best().probability(), within(1e-5));
                }
            }
        }
    }

    @Test
    void twoExecutorsTrainThoughOneIsLost() throws Exception {
        Dataset<Row> drawings = Drawings.rows(spark, 96);
        classifier("whole").fit(drawings);
        CompletableFuture<Boolean> killed =
                CompletableFuture.supplyAsync(() -> killAnExecutor(folder.resolve("killed/rounds/0")));

        classifier("killed").fit(drawings);

        assertThat(killed.get(1, TimeUnit.SECONDS)).as("an executor was killed").isTrue();
        assertThat(history("killed")).isEqualTo(history("whole"));
    }

    private static MultiLabelClassifier classifier(String work) {
        return new MultiLabelClassifier()
                .setLabelCols("colour", "tags")
                .setValidationIndicatorCol("validation")
                .setOptions("--backbone", "small", "--image-size", "32", "--epochs", "4", "--batch-size", "8")
                .setNumTasks(2)
                .setAveragingPeriod(2)
                .setWorkFolder(folder.resolve(work).toUri().toString());
    }

    private static List<String> history(String work) throws IOException {
        return Files.readAllLines(folder.resolve(work).resolve("result/history.csv")).stream()
                .map(line -> line.replaceFirst("^([^,]*,[^,]*,)[^,]*", "$1"))
                .toList();
    }

    /** Ends a process of the cluster when the training has averaged some times. */
    private static boolean killAnExecutor(Path rounds) {
        try {
            while (told(rounds).noneMatch(name -> name.compareTo("000000012") > 0)) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException e) {
            return false;
        }
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .map(ProcessHandle::destroyForcibly)
                .orElse(false);
    }

    private static Stream<String> told(Path rounds) {
        String[] names = rounds.toFile().list();
        return names == null ? Stream.empty() : Stream.of(names);
    }

    @Test
    void columnsOfAnswersAreOrdinaryColumns() throws Exception {
        Dataset<Row> answers = MultiLabelClassificationModel.of(savedModel())
                .transform(Drawings.rows(spark, 10).drop("colour", "tags"));

        assertThat(answers.groupBy(functions.col("colour.category"))
                        .count()
                        .agg(functions.sum("count"))
                        .first()
                        .getLong(0))
                .isEqualTo(10);
    }
}
