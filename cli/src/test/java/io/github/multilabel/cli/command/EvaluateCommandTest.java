package io.github.multilabel.cli.command;

import static io.github.multilabel.cli.Typed.multilabel;
import static io.github.multilabel.cli.Typed.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.testsupport.Ran;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any table evaluates a model, whatever it has of its heads. */
class EvaluateCommandTest {

    @TempDir
    private static Path folder;

    private static Path model;
    private static Path labels;

    @TempDir
    private Path output;

    @BeforeAll
    static void modelAndImages() throws IOException {
        model = folder.resolve("model");
        HeadSet heads = HeadSet.of(
                Head.singleLabel("colour", "blue", "green", "red"),
                Head.singleLabel("ground", "dark", "light"),
                Head.multiLabel("tags", "frame", "sun"));
        try (MultiLabelModel random =
                MultiLabelModel.create(Backbones.small(), heads, Preprocessing.imageNet(32), Device.cpu(), 3)) {
            random.save(model);
        }
        labels = Shapes.write(Shapes.draw(12, 1), folder);
    }

    private Ran evaluate(Path table, Object... more) {
        return multilabel(with(
                new Object[] {
                    "evaluate",
                    "--model",
                    model,
                    "--csv",
                    table,
                    "--images",
                    folder.resolve("photos"),
                    "--output",
                    output.resolve("evaluation")
                },
                more));
    }

    private JsonObject metrics() throws IOException {
        return JsonParser.parseString(
                        Files.readString(output.resolve("evaluation").resolve("metrics.json")))
                .getAsJsonObject()
                .getAsJsonObject("metrics");
    }

    @Test
    void labelIssuesOfTheEvaluatedImagesAreWritten() throws IOException {
        Ran plain = evaluate(labels, "--head=tags:multi=|,ground,colour");
        Ran ran = evaluate(labels, "--head=tags:multi=|,ground,colour", "--label-issues", "--overwrite");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("of 12 images", "label-issues.csv").contains(table(plain));
        assertThat(Files.readString(output.resolve("evaluation").resolve("label-issues.csv")))
                .startsWith("rank,source,head,kind,label,suggested,");
        assertThat(evaluate(labels, "--head=ground", "--label-issues").err()).contains("--overwrite");
    }

    private static String table(Ran ran) {
        return ran.out().substring(ran.out().indexOf("(all rows)"), ran.out().indexOf("metrics.json"));
    }

    @Test
    void theHeadsAreThoseOfTheModelWhateverTheirOrder() throws IOException {
        Ran ran = evaluate(labels, "--head", "tags:multi=|", "--head", "ground", "--head", "colour");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(metrics().get("colour_accuracy").isJsonNull()).isFalse();
        assertThat(Files.readAllLines(output.resolve("evaluation").resolve("predictions.csv"))
                        .get(0))
                .startsWith("source,colour.label,");
    }

    @Test
    void labelsOfHeadsThatAreNotTakenAreMissing() throws IOException {
        Ran ran = evaluate(labels, "--head", "ground");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(metrics().get("ground_accuracy").isJsonNull()).isFalse();
        assertThat(metrics().get("colour_accuracy").isJsonNull()).isTrue();
    }

    @Test
    void withoutNamedHeadsTheTableIsAskedForThoseOfTheModel() throws IOException {
        Ran whole = evaluate(labels);

        assertThat(whole.code()).as(whole.err()).isZero();
        assertThat(metrics().get("tags_accuracy").isJsonNull())
                .as("the separator of tags is found")
                .isFalse();
        String table = Files.readString(labels).replace("ground,tags", "background,words");
        Path renamed = Files.writeString(folder.resolve("renamed.csv"), table);
        Ran part = evaluate(renamed, "--overwrite");
        assertThat(part.code()).as(part.err()).isZero();
        assertThat(part.err())
                .contains("renamed.csv has no column for [ground, tags] of the model: their labels are missing");
        Path other = Files.writeString(folder.resolve("other.csv"), "file,make\n0.png,Audi\n");
        assertThat(evaluate(other, "--overwrite").err())
                .contains("other.csv has no column for [colour, ground, tags] of the model")
                .contains("Its columns are [file, make]", "--head");
    }

    @Test
    void tagsInRowsOfTheirOwnAreJoinedAsTheRowsOfAnImage() throws IOException {
        Path rows = Files.writeString(
                folder.resolve("rows.csv"), "file,tags\n0.png,frame\n0.png,sun\n1.png,sun\n2.png,frame\n");

        Ran ran = evaluate(rows);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("4 rows are 3 images", "on 3 images");
    }

    @Test
    void aTableThatMeasuresNothingIsNoSuccess() throws IOException {
        Path none = Files.writeString(folder.resolve("none.csv"), "file,colour\n0.png,pink\n1.png,pink\n");

        Ran ran = evaluate(none, "--head", "colour");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("nothing was measured: no image has a label that the model knows");
    }

    @Test
    void labelsThatTheModelDoesNotKnowAreTold() throws IOException {
        Path upper = Files.writeString(
                folder.resolve("upper.csv"), Files.readString(labels).replace(",blue", ",Blue"));

        Ran ran = evaluate(upper, "--head", "colour");

        assertThat(ran.out()).contains("rows have a label that is none of these", "'Blue'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logits", "probabilities"})
    void anExportedFileHasTheMetricsOfItsModel(String outputs) throws IOException {
        Path file = folder.resolve(outputs + ".onnx");
        assertThat(multilabel("export", "--model", model, "--output", file, "--input", "uint8", "--outputs", outputs)
                        .code())
                .isZero();
        assertThat(evaluate(labels).code()).isZero();
        JsonObject ofModel = metrics();

        Ran ran = multilabel(
                "evaluate",
                "--model",
                file,
                "--csv",
                labels,
                "--images",
                folder.resolve("photos"),
                "--output",
                output.resolve("file"));

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("evaluating " + file + " by onnxruntime on 12 images", "with 95 % confidence");
        JsonObject ofFile = JsonParser.parseString(
                        Files.readString(output.resolve("file").resolve("metrics.json")))
                .getAsJsonObject()
                .getAsJsonObject("metrics");
        assertThat(ofFile.keySet()).isEqualTo(ofModel.keySet());
        assertThat(ofFile.get("exact_match")).isEqualTo(ofModel.get("exact_match"));
        assertThat(ofFile.get("loss").getAsDouble())
                .isCloseTo(ofModel.get("loss").getAsDouble(), within(1e-4));
        assertThat(output.resolve("file").resolve("report.html"))
                .content()
                .contains(file.getFileName() + " by onnxruntime");
        Ran compared = multilabel("compare", output.resolve("evaluation"), output.resolve("file"));
        assertThat(compared.code()).as(compared.err()).isZero();
    }

    @Test
    void aFolderIsEvaluatedOnAnotherEngine() throws IOException {
        assertThat(evaluate(labels).code()).isZero();
        JsonObject onPyTorch = metrics();

        Ran ran = evaluate(labels, "--engine", "onnxruntime", "--overwrite");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains(" by onnxruntime on 12 images");
        assertThat(metrics().get("exact_match")).isEqualTo(onPyTorch.get("exact_match"));
    }

    @Test
    void whatCannotComputeAFileIsNamed() throws IOException {
        Path file = folder.resolve("refused.onnx");
        Ran exported = multilabel("export", "--model", model, "--output", file);
        assertThat(exported.code()).as(exported.err()).isZero();

        Ran ran = multilabel(
                "evaluate",
                "--model",
                file,
                "--engine",
                "pytorch",
                "--csv",
                labels,
                "--images",
                folder.resolve("photos"),
                "--output",
                output.resolve("refused"));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("an exported file", "onnxruntime, openvino or auto")
                .doesNotContain("\tat ");
        assertThat(output.resolve("refused")).doesNotExist();
    }
}
