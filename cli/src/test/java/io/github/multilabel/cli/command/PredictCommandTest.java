package io.github.multilabel.cli.command;

import static io.github.multilabel.cli.Typed.multilabel;
import static io.github.multilabel.cli.Typed.with;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.combination.CombinationLearner;
import io.github.multilabel.model.combination.Rule;
import io.github.multilabel.testsupport.Ran;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions of many images, with a model whose weights are random. */
class PredictCommandTest {

    @TempDir
    static Path folder;

    private static Path model;
    private static Path labels;
    private static Path photos;

    @BeforeAll
    static void modelAndImages() throws IOException {
        model = folder.resolve("model");
        HeadSet heads = HeadSet.of(
                Head.singleLabel("colour", "blue", "green", "red"), Head.multiLabel("tags", "a|b", "frame", "sun"));
        try (MultiLabelModel random =
                MultiLabelModel.create(Backbones.small(), heads, Preprocessing.imageNet(32), Device.cpu(), 3)) {
            random.save(model);
        }
        labels = Shapes.write(Shapes.draw(5, 1), folder);
        photos = folder.resolve("photos");
        Files.createDirectories(photos.resolve("more"));
        Files.copy(photos.resolve("0.png"), photos.resolve("more").resolve("9.png"));
        Files.writeString(photos.resolve("notes.txt"), "no image");
    }

    private static Ran predict(Object... more) {
        return multilabel(with(new Object[] {"predict", "--model", model}, more));
    }

    private static List<String> images(Ran ran) {
        return ran.out()
                .lines()
                .map(line -> JsonParser.parseString(line)
                        .getAsJsonObject()
                        .get("image")
                        .getAsString())
                .toList();
    }

    @Test
    void aFolderIsAllItsImagesInOrder() {
        Ran ran = predict(photos);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(images(ran))
                .containsExactly(
                        photos.resolve("0.png").toString(),
                        photos.resolve("1.png").toString(),
                        photos.resolve("2.png").toString(),
                        photos.resolve("3.png").toString(),
                        photos.resolve("4.png").toString(),
                        photos.resolve("more").resolve("9.png").toString());
        assertThat(ran.err()).contains("6 images: 6 predicted, 0 could not be read");
    }

    @Test
    void aTableIsItsColumnOfImagesUnderTheNamesThatItHas() {
        Ran ran = predict(labels, "--images", photos);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(images(ran)).containsExactly("0.png", "1.png", "2.png", "3.png", "4.png");
        assertThat(predict(labels, "--images", photos, "--image-column", "fil").err())
                .contains("no column 'fil'", "did you mean 'file'")
                .doesNotContain("\tat ");
    }

    @Test
    void aModelThatKnowsWhatGoesTogetherAnswersAllHeadsTogether() throws Exception {
        Path knowing = folder.resolve("knowing");
        try (MultiLabelModel alone = MultiLabelModel.load(model, Device.cpu());
                MultiLabelModel together = alone.withCombinations(Optional.of(
                        new CombinationLearner(alone.heads(), List.of(Rule.forbid("colour=green"))).learn()))) {
            together.save(knowing);
        }
        Path table = folder.resolve("together.csv");
        Ran ran = multilabel("predict", "--model", knowing, photos.resolve("0.png"), "--output", table);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(Files.readAllLines(table).get(0))
                .endsWith(",combination.colour,combination.probability,unusual,problem");
        assertThat(multilabel("predict", "--model", knowing, photos.resolve("0.png"))
                        .out())
                .containsPattern("\"combination\":\\{\"categories\":\\{\"colour\":\"(blue|red)\"},\"probability\":");
        assertThat(predict(photos.resolve("0.png")).out()).doesNotContain("combination");
    }

    @Test
    void aListWithoutAHeaderWouldLoseItsFirstImage() throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "photos/0.png\nphotos/1.png\n");
        assertThat(predict(list).err())
                .contains("looks like a row and not like a header")
                .contains("--no-header")
                .doesNotContain("withoutHeader");
        assertThat(images(predict(list, "--no-header"))).containsExactly("photos/0.png", "photos/1.png");
    }

    @Test
    void aTableIsReadAsForATraining() throws IOException {
        Path moved = Files.writeString(folder.resolve("moved.csv"), "photo;note\n/mnt/old/0;a\n/mnt/old/1;b\n");
        assertThat(images(predict(
                        moved,
                        "--image-column",
                        "photo",
                        "--images",
                        photos,
                        "--strip-prefix",
                        "/mnt/old/",
                        "--extension",
                        ".png")))
                .containsExactly("0.png", "1.png");
        String bytes = Base64.getEncoder().encodeToString(Files.readAllBytes(photos.resolve("0.png")));
        Path inside = Files.writeString(folder.resolve("inside.csv"), "picture,note\n" + bytes + ",a\n");
        Ran ran = predict(inside, "--image-column", "picture", "--base64-images");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).doesNotContain(bytes);
    }

    @Test
    void aTableOfPredictionsHasTheBestCategoryOfEachHeadAndWhatWentWrong() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jpg"), "<html>, \"not\" found</html>");
        Path output = folder.resolve("predictions.csv");
        Ran ran = predict(photos.resolve("0.png"), broken, "--output", output, "--top-k", "2");

        assertThat(ran.code()).as("one image could not be read").isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("2 images: 1 predicted, 1 could not be read; the predictions are in " + output);
        List<String> lines = Files.readAllLines(output);
        assertThat(lines.get(0))
                .isEqualTo("source,colour.prediction,colour.probability,colour.prediction.2,colour.probability.2,"
                        + "tags.prediction,tags.probability,problem");
        assertThat(lines.get(1)).matches(".*0\\.png,\\w+,0\\.\\d{6},\\w+,0\\.\\d{6},[^,]*,[^,]*,");
        assertThat(lines.get(2)).contains("broken.jpg,,,,,,,").contains("not an image");
        assertThat(Files.readString(output)).as("RFC 4180").endsWith("\r\n");
    }

    @Test
    void linesOfJsonHaveTheMostProbableCategoriesFirst() throws IOException {
        Path output = folder.resolve("predictions.jsonl");
        predict(photos.resolve("0.png"), "--output", output, "--top-k", "2");
        JsonObject colour = JsonParser.parseString(Files.readString(output))
                .getAsJsonObject()
                .getAsJsonObject("heads")
                .getAsJsonObject("colour");
        assertThat(colour.getAsJsonObject("probabilities").keySet())
                .hasSize(2)
                .first()
                .isEqualTo(colour.get("category").getAsString());
    }

    @Test
    void aFileThatIsThereStaysUnlessItIsToBeReplaced() throws IOException {
        Path output = Files.writeString(folder.resolve("old.csv"), "mine");
        Ran refused = predict(photos, "--output", output);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("is there already", "--overwrite");
        assertThat(output).hasContent("mine");
        assertThat(predict(photos, "--output", output, "--overwrite").code()).isZero();
        assertThat(Files.readAllLines(output)).hasSize(7);
    }

    @Test
    void wrongOptionsAreRefusedBeforeAnyImage() throws IOException {
        assertThat(predict(photos, "--output", folder.resolve("p.txt")).err()).contains("p.txt", ".csv", ".jsonl");
        assertThat(predict(photos, "--top-k", "0").err()).contains("--top-k 0: at least 1");
        assertThat(predict(Files.createDirectory(folder.resolve("empty"))).err())
                .contains("has no images");
        assertThat(predict().err()).contains("IMAGE|DIR|TABLE").hasLineCount(2);
        assertThat(predict("http://localhost/x.jpg").err()).contains("is an address", "a table", "--downloads DIR");
        assertThat(multilabel("predict", "--model", folder, photos).err())
                .contains("no file model.json", "did you mean '" + model + "'?");
        assertThat(multilabel("predict", "--model", photos, photos).err())
                .contains("no file model.json", "; name a folder that train saved, such as runs/table/model");
    }

    @Test
    void aFileOfLabelsThatIsTakenForAnImageIsToldHowTablesEnd() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.json"), "[{\"image\": \"photos/0.png\"}]");

        assertThat(predict(labels).err()).contains("labels.json' was taken for an image: tables end in .csv, .tsv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch", "onnxruntime", "auto"})
    void aFolderPredictsOnTheEngineThatIsNamed(String engine) {
        Ran ran = predict(photos, "--engine", engine);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(images(ran)).isEqualTo(images(predict(photos)));
    }

    @Test
    void whatWasMeasuredIsToldBesideThePredictions() {
        Ran ran = predict(photos.resolve("0.png"), "--engine", "auto");

        assertThat(ran.err())
                .containsPattern("is taken; milliseconds for one image: \\[pytorch \\d+\\.\\d\\d, onnxruntime \\d");
        assertThat(ran.out()).doesNotContain("milliseconds");
    }

    @Test
    void anEngineThatIsNotThereIsNamedWithThoseThatAre() {
        Ran ran = predict(photos, "--engine", "onnxruntim");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("there is no engine 'onnxruntim'", "onnxruntime", "pytorch")
                .doesNotContain("\tat ");
    }
}
