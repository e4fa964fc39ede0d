package io.github.multilabel.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drawings of a colour and a shape, on two threads of this machine. */
class MultiLabelClassifierTest {

    @TempDir
    private Path folder;

    private MultiLabelClassifier classifier() {
        return new MultiLabelClassifier()
                .setLabelCols("colour", "size", "tags")
                .setValidationIndicatorCol("validation")
                .setOptions(
                        "--backbone",
                        "small",
                        "--image-size",
                        "32",
                        "--epochs",
                        "2",
                        "--batch-size",
                        "8",
                        "--learning-rate",
                        "0.005",
                        "--augmentation",
                        "none")
                .setNumTasks(2)
                .setAveragingPeriod(2)
                .setWorkFolder(folder.resolve("work").toUri().toString());
    }

    private Path work() {
        return folder.resolve("work");
    }

    /** Without the speed. */
    private List<String> history() throws IOException {
        return Files.readAllLines(work().resolve("result/history.csv")).stream()
                .map(line -> line.replaceFirst("^([^,]*,[^,]*,)[^,]*", "$1"))
                .toList();
    }

    @Test
    void twoTasksTrainOneModel() throws Exception {
        MultiLabelClassificationModel model = classifier().fit(Drawings.rows(160));

        assertThat(model.uid()).isNotBlank();
        assertThat(model.trainingReport().get(0)).matches("the weights of epoch [12]: .*validation accuracy colour .*");
        assertThat(history()).hasSize(3);
        JsonObject metrics = JsonParser.parseString(Files.readString(work().resolve("result/metrics.json")))
                .getAsJsonObject();
        assertThat(metrics.getAsJsonObject("samples").get("validation").getAsInt())
                .isEqualTo(40);
        assertThat(metrics.get("meanAccuracy").getAsDouble()).isGreaterThan(0.5);
        try (MultiLabelModel saved = MultiLabelModel.load(work().resolve("result/model"))) {
            assertThat(saved.heads().names()).containsExactly("colour", "size", "tags");
            assertThat(saved.heads().get("colour").categories()).containsExactly("blue", "green", "red");
            assertThat(saved.answerReference()).isPresent();
        }
        assertThat(work().resolve("shares")).doesNotExist();
        assertThat(work().resolve("rounds")).doesNotExist();
        assertThat(work().resolve("checkpoints")).doesNotExist();
    }

    @Test
    void aTaskThatIsLostCostsNoMoreThanThePeriod() throws Exception {
        Dataset<Row> drawings = Drawings.rows(80);
        classifier().setOverwrite(true).fit(drawings);
        List<String> whole = history();
        FailingFileSystem.failAfter(4, 1);

        onFailingFiles().setOverwrite(true).fit(drawings);

        assertThat(FailingFileSystem.failuresLeft()).isZero();
        assertThat(history()).as("as if nothing had happened").isEqualTo(whole);
    }

    @Test
    void aTaskGoesOnFromTheEndOfAnEpochIfCheckpointsAreRare() throws Exception {
        Dataset<Row> drawings = Drawings.rows(80);
        classifier().setOverwrite(true).fit(drawings);
        List<String> whole = history();
        FailingFileSystem.failAfter(2, 1);

        onFailingFiles().setCheckpointInterval(100).setOverwrite(true).fit(drawings);

        assertThat(FailingFileSystem.failuresLeft()).isZero();
        assertThat(history()).isEqualTo(whole);
    }

    @Test
    void aJobThatIsLostGoesOnFromTheWorkFolder() throws Exception {
        Dataset<Row> drawings = Drawings.rows(80);
        classifier().setOverwrite(true).fit(drawings);
        List<String> whole = history();
        FailingFileSystem.failAfter(5, Integer.MAX_VALUE);
        assertThatThrownBy(() -> onFailingFiles().setOverwrite(true).fit(drawings))
                .hasMessageContaining("the machine is lost");
        assertThatThrownBy(() -> onFailingFiles().fit(drawings)).hasMessageContaining("setResume(true)");
        FailingFileSystem.failAfter(0, 0);

        onFailingFiles().setResume(true).fit(drawings);

        assertThat(history()).isEqualTo(whole);
    }

    private MultiLabelClassifier onFailingFiles() {
        return classifier().setWorkFolder("failing://" + work().toUri().getPath());
    }

    @Test
    void theSameRowsAndSeedGiveTheSameNumbers() throws Exception {
        Dataset<Row> drawings = Drawings.rows(64);

        classifier().setOverwrite(true).fit(drawings.repartition(3));
        List<String> first = history();
        classifier().setOverwrite(true).fit(drawings.repartition(3));

        assertThat(history()).isEqualTo(first);
    }

    /** Mean over the heads, of the images that validate. */
    private double accuracy() throws IOException {
        return JsonParser.parseString(Files.readString(work().resolve("result/metrics.json")))
                .getAsJsonObject()
                .get("meanAccuracy")
                .getAsDouble();
    }

    @Test
    void aTrainingGoesOnWithASavedModel() throws Exception {
        Dataset<Row> drawings = Drawings.rows(160);
        String saved = folder.resolve("saved").toUri().toString();
        classifier().fit(drawings).write().save(saved);
        assertThat(accuracy()).isGreaterThan(0.6);

        classifier()
                .setOptions(
                        "--from",
                        saved,
                        "--epochs",
                        "1",
                        "--batch-size",
                        "8",
                        "--learning-rate",
                        "1e-9",
                        "--augmentation",
                        "none")
                .setOverwrite(true)
                .fit(drawings);

        assertThat(accuracy()).as("of weights that hardly change").isGreaterThan(0.6);
    }

    @Test
    void anImageThatIsMissingIsNotLookedForFourTimes() throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Shapes drawn : Shapes.draw(16, 1)) {
            Path file = folder.resolve(drawn.name());
            if (rows.size() != 5) {
                Files.write(file, drawn.png());
            }
            rows.add(RowFactory.create(file.toString(), drawn.colour()));
        }
        Dataset<Row> drawings = LocalSession.rows(
                rows, new StructType().add("photo", DataTypes.StringType).add("colour", DataTypes.StringType));
        MultiLabelClassifier classifier = classifier().setImageCol("photo").setLabelCols("colour");
        classifier.clear(classifier.validationIndicatorCol());

        assertThatThrownBy(() -> classifier.fit(drawings))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(
                        "an image cannot be used: " + rows.get(5).getString(0))
                .hasMessageContaining("--on-bad-image skip")
                .hasMessageNotContaining("Job aborted");
        assertThat(work().resolve("rounds/0")).exists();
        assertThat(work().resolve("rounds/1")).doesNotExist();
    }

    @Test
    void aPipelineGoesOnWithThePredictions() {
        Dataset<Row> drawings = Drawings.rows(32).withColumnRenamed("content", "photo");

        Dataset<Row> judged = new Pipeline()
                .setStages(new PipelineStage[] {
                    classifier().setImageCol("photo").setOutputPrefix("predicted_"),
                    new SQLTransformer()
                            .setStatement("SELECT colour, predicted_colour.category AS answer, size(predicted_tags) AS"
                                    + " tags, problem FROM __THIS__")
                })
                .fit(drawings)
                .transform(drawings);

        assertThat(judged.collectAsList()).hasSize(32).allSatisfy(row -> {
            assertThat(row.<String>getAs("answer")).isIn("blue", "green", "red");
            assertThat(row.<String>getAs("problem")).isNull();
        });
    }

    @Test
    void withoutValidationTheLastEpochIsKept() throws Exception {
        Dataset<Row> drawings = Drawings.rows(32).drop("validation");
        MultiLabelClassifier classifier = classifier();
        classifier.clear(classifier.validationIndicatorCol());

        MultiLabelClassificationModel model = classifier.fit(drawings);

        assertThat(model.modelHeads().names()).containsExactly("colour", "size", "tags");
        assertThat(work().resolve("result/metrics.json")).doesNotExist();
    }

    @Test
    void aBrokenImageIsPassedOverIfThatIsWished() throws Exception {
        Dataset<Row> drawings = Drawings.rows(64);
        Dataset<Row> broken = drawings.withColumn(
                "content",
                functions
                        .when(functions.col("path").equalTo("5.png"), functions.lit(new byte[] {1, 2, 3}))
                        .otherwise(functions.col("content")));

        MultiLabelClassifier classifier = classifier();
        List<String> options = new ArrayList<>(List.of(classifier.getOrDefault(classifier.options())));
        options.addAll(List.of("--on-bad-image", "skip"));
        classifier.setOptions(options.toArray(String[]::new)).fit(broken);

        assertThat(history()).hasSize(3);
    }

    @Test
    void aHeadThatDeterminesOthersAnswersTogetherWithThem() {
        Dataset<Row> drawings = Drawings.rows(64)
                .withColumn("kind", functions.concat_ws(" ", functions.col("size"), functions.col("colour")));

        MultiLabelClassificationModel model = classifier()
                .setLabelCols("kind", "colour", "size")
                .setParents("kind=colour,size")
                .fit(drawings);

        assertThat(model.modelHeads().hierarchy().parents("kind")).containsExactlyInAnyOrder("colour", "size");
        List<Row> answers = model.setAllProbabilities(true)
                .transform(drawings.drop("kind", "colour", "size"))
                .select("kind_probabilities", "colour_probabilities")
                .collectAsList();
        assertThat(answers).allSatisfy(row -> {
            Map<String, Double> ofKinds = new HashMap<>();
            row.<Row>getList(0)
                    .forEach(kind -> ofKinds.merge(kind.getString(0).split(" ")[1], kind.getDouble(1), Double::sum));
            row.<Row>getList(1).forEach(colour -> assertThat(ofKinds.get(colour.getString(0)))
                    .isCloseTo(colour.getDouble(1), within(1e-4)));
        });
    }

    @Test
    void whatCannotBeTrainedIsSaidBeforeAnyWork() {
        Dataset<Row> drawings = Drawings.rows(8);

        assertThatThrownBy(() -> new MultiLabelClassifier().fit(drawings)).hasMessageContaining("setLabelCols");
        assertThatThrownBy(() -> classifier().setLabelCols("color").fit(drawings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no column 'color'")
                .hasMessageContaining("colour");
        assertThatThrownBy(() ->
                        classifier().setImageCol("path").setLabelCols("path").fit(drawings))
                .hasMessageContaining("'path' is the column of images");
        assertThatThrownBy(() -> classifier()
                        .setLabelCols("tags", "content")
                        .setImageCol("path")
                        .fit(drawings))
                .hasMessageContaining("is binary, and must be a text, a number, true or false, or an array of texts");
        assertThatThrownBy(() -> classifier().setLabelCols("colour", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'labelCols' is null");
        assertThatThrownBy(() -> classifier().setWorkFolder(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'workFolder' is null");
        assertThatThrownBy(() -> classifier().setOptions("--epoch", "3").fit(drawings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--epochs");
        assertThatThrownBy(() -> classifier().setOptions("--epochs 3").fit(drawings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("each word by itself");
        assertThatThrownBy(() -> classifier().setOptions("--head", "colour").fit(drawings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("for --head see setLabelCols");
        assertThatThrownBy(() ->
                        classifier().setOptions("--weights", "nowhere.pth").fit(drawings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--weights nowhere.pth");
        assertThatThrownBy(() -> classifier().fit(drawings.limit(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 rows, none with an image in 'content'");
        assertThatThrownBy(() -> classifier().fit(drawings.withColumn("validation", functions.lit(true))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'validation' is true for all");
        assertThatThrownBy(() -> classifier().setOptions("--resume").fit(drawings))
                .hasMessageContaining("setResume");
        assertThatThrownBy(() -> classifier().setParents("colour").fit(drawings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HEAD=PARENT");
        assertThatThrownBy(() -> classifier().setParents("size=color").fit(drawings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no head 'color'")
                .hasMessageContaining("colour");
        assertThatThrownBy(() -> classifier().setParents("size=tags").fit(drawings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'tags'");
        assertThatThrownBy(() -> classifier().setCheckpointInterval(0).fit(drawings))
                .hasMessageContaining("at least 1 average");
        assertThatThrownBy(() -> classifier().setNumTasks(7).fit(drawings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("local[7]");
        assertThatThrownBy(() -> classifier().fit(drawings.limit(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fewer tasks");
    }

    @Test
    void executorsThatComeAndGoDoNotTrain() {
        SparkConf conf = new SparkConf().set("spark.dynamicAllocation.enabled", "true");

        assertThatThrownBy(() -> ClusterTraining.requireFixedExecutors(conf, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spark.dynamicAllocation.enabled=false");
        assertThatNoException().isThrownBy(() -> ClusterTraining.requireFixedExecutors(conf, true));
    }

    @Test
    void aTrainingInTheWorkFolderIsNeitherReplacedNorMixedUp() throws Exception {
        Files.createDirectories(work().resolve("shares"));
        Files.createFile(work().resolve("_multilabel"));
        Files.writeString(work().resolve("shares/_SUCCESS"), "another training");

        assertThatThrownBy(() -> classifier().fit(Drawings.rows(8)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("setResume(true)")
                .hasMessageContaining("setOverwrite(true)");
        assertThatThrownBy(() -> classifier().setResume(true).fit(Drawings.rows(8)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another one");
    }

    @Test
    void whatIsInTheWorkFolderIsNotLost() throws Exception {
        Dataset<Row> drawings = Drawings.rows(32);
        Path ofOthers = Files.createDirectories(work().resolve("result")).resolve("precious.txt");
        Files.writeString(ofOthers, "of somebody else");

        assertThatThrownBy(() -> classifier().setOverwrite(true).fit(drawings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'result'")
                .hasMessageContaining("a new or an empty folder");
        assertThat(ofOthers).exists();

        Files.delete(ofOthers);
        Files.delete(ofOthers.getParent());
        classifier().fit(drawings);
        assertThatThrownBy(() -> classifier().fit(drawings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is over")
                .hasMessageContaining("setOverwrite(true)");
        assertThat(work().resolve("result/model/model.json")).exists();
    }

    @Test
    void labelsAreTextsNumbersTruthValuesAndTagsOfWhichSomeMayBeNothing() {
        Dataset<Row> drawings = Drawings.rows(32)
                .withColumn("large", functions.col("size").equalTo("large"))
                .withColumn("letters", functions.length(functions.col("colour")))
                .withColumn(
                        "year",
                        functions.length(functions.col("colour")).plus(2000).cast("double"))
                .withColumn(
                        "tags",
                        functions.array(
                                functions.lit(null).cast("string"),
                                functions.lit(" "),
                                functions.concat(functions.col("colour"), functions.lit(" ")),
                                functions.col("colour")));

        MultiLabelClassificationModel model =
                classifier().setLabelCols("large", "letters", "year", "tags").fit(drawings);

        assertThat(model.modelHeads().get("large").categories()).containsExactly("false", "true");
        assertThat(model.modelHeads().get("letters").categories()).containsExactly("3", "4", "5");
        assertThat(model.modelHeads().get("year").categories()).containsExactly("2003", "2004", "2005");
        assertThat(model.modelHeads().get("tags").categories()).containsExactly("blue", "green", "red");
    }

    @Test
    void aClassifierIsSavedAndLoaded() throws Exception {
        String place = folder.resolve("classifier").toUri().toString();

        classifier().setNumTasks(3).write().save(place);
        MultiLabelClassifier loaded = MultiLabelClassifier.load(place);

        assertThat(loaded.getOrDefault(loaded.numTasks())).isEqualTo(3);
        assertThat(loaded.getOrDefault(loaded.labelCols())).containsExactly("colour", "size", "tags");
    }
}
