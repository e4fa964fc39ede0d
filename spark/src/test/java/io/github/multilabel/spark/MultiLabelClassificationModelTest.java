package io.github.multilabel.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.combination.CombinationLearner;
import io.github.multilabel.model.combination.Rule;
import io.github.multilabel.model.drift.UnusualThreshold;
import io.github.multilabel.model.drift.UsualFeatures;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.onnx.EnginePredictor;
import io.github.multilabel.onnx.OnnxExport;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultiLabelClassificationModelTest {

    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("colour", "blue", "green", "red"),
            Head.singleLabel("size", "large", "small"),
            Head.multiLabel("tags", "frame", "sun"));

    private static final StructType SCHEMA = new StructType()
            .add("path", DataTypes.StringType)
            .add("content", DataTypes.BinaryType)
            .add("number", DataTypes.IntegerType);

    @TempDir
    private static Path folder;

    private static Path saved;

    @BeforeAll
    static void saveModel() throws IOException {
        saved = folder.resolve("model");
        Preprocessing preprocessing = Preprocessing.imageNet(32);
        try (MultiLabelModel model = MultiLabelModel.create(
                Backbones.byName("small"), HEADS, Map.of(), preprocessing, false, Device.cpu(), 1)) {
            model.save(saved);
        }
    }

    private static Row row(int number, byte[] content) {
        return RowFactory.create(number + ".png", content, number);
    }

    private static List<Row> drawings(int count) {
        List<Row> rows = new ArrayList<>();
        Shapes.draw(count, 3).forEach(drawn -> rows.add(row(rows.size(), drawn.png())));
        return rows;
    }

    private static Dataset<Row> frame(List<Row> rows) {
        return LocalSession.rows(rows, SCHEMA);
    }

    private static MultiLabelClassificationModel model() {
        return MultiLabelClassificationModel.of(saved);
    }

    private static void requireSame(List<Row> answers, List<Row> drawings, Path place) throws IOException {
        try (EnginePredictor predictor = EnginePredictor.builder(place).build()) {
            for (Row answer : answers) {
                int number = answer.getAs("number");
                Prediction expected = predictor.predict(
                        ImageSource.of("expected", (byte[]) drawings.get(number).get(1)));
                Row colour = answer.getAs("colour");
                HeadPrediction head = expected.head("colour");
                assertThat(colour.<String>getAs("category"))
                        .isEqualTo(head.best().category());
                assertThat(colour.<Double>getAs("probability"))
                        .isCloseTo(head.best().probability(), within(1e-5));
                assertThat(colour.<Boolean>getAs("unknown")).isFalse();
                List<Row> tags = answer.getList(answer.fieldIndex("tags"));
                assertThat(tags.stream().map(tag -> tag.<String>getAs("category")))
                        .containsExactlyElementsOf(expected.head("tags").predicted().stream()
                                .map(tag -> tag.category())
                                .toList());
                assertThat(answer.<String>getAs("problem")).isNull();
            }
        }
    }

    @Test
    void eachRowComesBackWithTheAnswersOfThePredictor() throws Exception {
        List<Row> drawings = drawings(40);

        List<Row> answers = model().transform(frame(drawings)).collectAsList();

        assertThat(answers)
                .extracting(row -> row.<Integer>getAs("number"))
                .containsExactlyElementsOf(
                        drawings.stream().map(row -> row.getInt(2)).toList());
        assertThat(answers.get(0).schema().fieldNames())
                .containsExactly("path", "content", "number", "colour", "size", "tags", "problem");
        requireSame(answers, drawings, saved);
    }

    @Test
    void brokenImagesCostTheirOwnRowsAlone() throws Exception {
        List<Row> drawings = drawings(100);
        for (int broken : new int[] {0, 17, 50, 99}) {
            drawings.set(broken, row(broken, new byte[] {1, 2, 3}));
        }
        drawings.set(51, row(51, null));

        List<Row> answers = model().setBatchSize(7)
                .transform(frame(drawings).repartition(3))
                .collectAsList();

        assertThat(answers).hasSize(100);
        List<Row> failed =
                answers.stream().filter(row -> row.getAs("problem") != null).toList();
        assertThat(failed).extracting(row -> row.<Integer>getAs("number")).containsExactlyInAnyOrder(0, 17, 50, 51, 99);
        assertThat(failed)
                .allSatisfy(row -> assertThat(row.<Row>getAs("colour")).isNull());
        requireSame(answers.stream().filter(row -> row.getAs("problem") == null).toList(), drawings, saved);
    }

    @Test
    void imagesAreReadByTheirPaths() throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Shapes drawn : Shapes.draw(6, 3)) {
            Path file = Files.write(folder.resolve("drawing " + rows.size() + ".png"), drawn.png());
            rows.add(RowFactory.create(rows.size() % 2 == 0 ? file.toUri().toString() : file.toString()));
        }
        rows.add(RowFactory.create(folder.resolve("missing.png").toString()));
        Dataset<Row> paths = LocalSession.rows(rows, new StructType().add("photo", DataTypes.StringType));

        List<Row> answers = model().setImageCol("photo").transform(paths).collectAsList();

        assertThat(answers.subList(0, 6))
                .allSatisfy(row -> assertThat(row.<Row>getAs("size")).isNotNull());
        assertThat(answers.get(6).<String>getAs("problem")).contains("missing.png");
    }

    @Test
    void anAnswerBelowTheThresholdIsUnknown() throws Exception {
        Path careful = folder.resolve("careful");
        try (MultiLabelModel model = MultiLabelModel.load(saved)) {
            model.withThresholds(List.of(new HeadThreshold.UnknownBelow("colour", 1, 0.9)))
                    .save(careful);
        }

        Row answer = MultiLabelClassificationModel.of(careful)
                .transform(frame(drawings(1)))
                .first();

        Row colour = answer.getAs("colour");
        assertThat(colour.<Boolean>getAs("unknown")).isTrue();
        assertThat(colour.<String>getAs("category")).isNull();
        assertThat(answer.<Row>getAs("size").<String>getAs("category")).isNotNull();
    }

    /** Heads of which one determines another, what goes together, and usual images so rare that none is. */
    private static Path saveTelling() throws Exception {
        Path telling = folder.resolve("telling");
        HeadSet heads = HEADS.withParent("colour", "size", Map.of("blue", "large", "green", "small", "red", "small"));
        try (MultiLabelModel alone = MultiLabelModel.create(
                        Backbones.byName("small"),
                        heads,
                        Map.of(),
                        Preprocessing.imageNet(32),
                        false,
                        Device.cpu(),
                        1);
                MultiLabelModel sure = alone.withSureAnswers(List.of(new SureAnswers("colour", 0, 0.9)));
                MultiLabelModel all = sure.withCombinations(
                        Optional.of(new CombinationLearner(heads, List.of(Rule.forbid("colour=green"))).learn()))) {
            int features = all.block().featureCount();
            float[][] direction = new float[1][features];
            direction[0][0] = 1;
            all.tellUnusual(
                    Optional.of(new UsualFeatures(new float[features], direction, new float[] {0.25f, 0.125f})),
                    Optional.of(new UnusualThreshold(1e6, 0.01)));
            all.save(telling);
        }
        return telling;
    }

    @Test
    void whatAModelTellsBeyondItsHeadsHasColumnsToo() throws Exception {
        Path telling = saveTelling();
        List<Row> drawings = drawings(3);
        drawings.set(2, row(2, new byte[] {1}));

        List<Row> answers = MultiLabelClassificationModel.of(telling)
                .setHeads("tags")
                .setOutputPrefix("my_")
                .transform(frame(drawings))
                .collectAsList();

        assertThat(answers.get(0).schema().fieldNames())
                .containsExactly(
                        "path", "content", "number", "my_tags", "my_sure", "my_combination", "my_distance", "problem");
        try (EnginePredictor predictor = EnginePredictor.builder(telling).build()) {
            for (Row answer : answers.subList(0, 2)) {
                Prediction expected = predictor.predict(ImageSource.of("expected", (byte[])
                        drawings.get(answer.<Integer>getAs("number")).get(1)));
                assertThat(answer.<Row>getList(answer.fieldIndex("my_sure")).stream()
                                .map(sure -> sure.<String>getAs("head")))
                        .containsExactlyElementsOf(expected.sure().orElseThrow().stream()
                                .map(HeadPrediction::name)
                                .toList())
                        .isNotEmpty();
                Row combination = answer.getAs("my_combination");
                assertThat(combination.<Row>getAs("categories").<String>getAs("colour"))
                        .isEqualTo(expected.combination()
                                .orElseThrow()
                                .categories()
                                .get("colour"))
                        .isNotEqualTo("green");
                assertThat(combination.<Double>getAs("probability"))
                        .isCloseTo(expected.combination().orElseThrow().probability(), within(1e-5));
                Row distance = answer.getAs("my_distance");
                assertThat(distance.<Double>getAs("value"))
                        .isCloseTo(expected.distance().orElseThrow().value(), within(1e-4));
                assertThat(distance.<Boolean>getAs("unusual")).isFalse();
            }
        }
        assertThat(answers.get(2).<Row>getAs("my_combination")).isNull();
        assertThat(answers.get(2).<String>getAs("problem")).isNotNull();
    }

    @Test
    void allProbabilitiesAndEmbeddingsAreGivenOnRequest() {
        Row answer = model().setHeads("size")
                .setOutputPrefix("predicted_")
                .setAllProbabilities(true)
                .setEmbeddingCol("features")
                .transform(frame(drawings(1)))
                .first();

        List<Row> all = answer.getList(answer.fieldIndex("predicted_size_probabilities"));
        assertThat(all.stream().map(each -> each.<String>getAs("category"))).containsExactly("large", "small");
        assertThat(all.stream()
                        .mapToDouble(each -> each.<Double>getAs("probability"))
                        .sum())
                .isCloseTo(1, within(1e-6));
        assertThat(answer.getList(answer.fieldIndex("features"))).hasSizeGreaterThan(8);
        assertThat(answer.schema().fieldNames()).doesNotContain("predicted_colour");
    }

    @Test
    void anExportedFilePredictsToo() throws Exception {
        Path file = folder.resolve("model.onnx");
        try (MultiLabelModel model = MultiLabelModel.load(saved)) {
            var unused = OnnxExport.of(model).write(file);
        }
        List<Row> drawings = drawings(10);

        List<Row> answers = MultiLabelClassificationModel.of(file)
                .transform(frame(drawings))
                .collectAsList();

        requireSame(answers, drawings, saved);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MultiLabelClassificationModel.of(file)
                        .setEmbeddingCol("features")
                        .transform(frame(drawings)))
                .withMessageContaining("exported file");
    }

    @Test
    void aPipelineWithAModelIsSavedAndLoaded() throws Exception {
        String place = folder.resolve("pipeline").toUri().toString();
        List<Row> drawings = drawings(5);

        new Pipeline()
                .setStages(new PipelineStage[] {model().setProblemCol("why")})
                .fit(frame(drawings))
                .write()
                .overwrite()
                .save(place);
        List<Row> answers = PipelineModel.load(place).transform(frame(drawings)).collectAsList();

        assertThat(answers).hasSize(5).allSatisfy(row -> {
            assertThat(row.<String>getAs("why")).isNull();
            assertThat(row.<Row>getAs("colour")).isNotNull();
        });
    }

    @Test
    void framesAndPartitionsWithoutRowsNeedNoModel() {
        assertThat(model().transform(frame(List.of())).collectAsList()).isEmpty();
        assertThat(model().transform(frame(drawings(1)).repartition(4)).collectAsList())
                .hasSize(1);
    }

    @Test
    void whatDoesNotFitIsSaidBeforeAJobBegins() {
        Dataset<Row> frame = frame(drawings(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model().setImageCol("contend").transform(frame))
                .withMessageContaining("no column 'contend'")
                .withMessageContaining("content");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model().setImageCol("number").transform(frame))
                .withMessageContaining("is int, and must be binary");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model().transform(frame.withColumnRenamed("number", "size")))
                .withMessageContaining("'size' is there already")
                .withMessageContaining("setOutputPrefix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model().setProblemCol("tags").transform(frame))
                .withMessageContaining("'tags'")
                .withMessageContaining("setProblemCol");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model().transform(frame.withColumnRenamed("number", "Size")))
                .as("Spark takes it for the same")
                .withMessageContaining("'size' is there already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model().setEngine("tensorflow").transform(frame))
                .withMessageContaining("there is no 'tensorflow'")
                .withMessageContaining("onnxruntime");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model().setImageCol(null))
                .withMessageContaining("'imageCol' is null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model().setHeads("color").transform(frame))
                .withMessageContaining("no head 'color'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model().setBatchSize(0).transform(frame))
                .withMessageContaining("1 to 1024");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model().setPrecision("float8").transform(frame))
                .withMessageContaining("float32");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MultiLabelClassificationModel.load(saved.toString()))
                .withMessageContaining("MultiLabelClassificationModel.ofHadoop(path)");
        assertThatThrownBy(() -> MultiLabelClassificationModel.of(folder.resolve("nowhere")))
                .hasMessageContaining("nowhere");
    }
}
