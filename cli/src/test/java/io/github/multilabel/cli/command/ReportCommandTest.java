package io.github.multilabel.cli.command;

import static io.github.multilabel.cli.Typed.multilabel;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.testsupport.Ran;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("colour", "blue", "green", "red"), Head.multiLabel("tags", "frame", "sun"));

    @TempDir
    Path folder;

    private Path run;

    /** What a training leaves, as far as a report reads it: images of which one is wrong, and one is gone. */
    @BeforeEach
    void predictions() throws IOException {
        run = folder.resolve("first run");
        Shapes.write(Shapes.draw(2, 1), folder);
        Labels labels = Labels.builder(HEADS).set("colour", "blue").build();
        Predictions.builder(HEADS)
                .add(folder.resolve("photos").resolve("0.png").toString(), labels, new float[] {0, 3, 1}, new float[2])
                .add("gone.png", labels, new float[] {0, 2, 1}, new float[2])
                .build()
                .write(run.resolve("predictions.safetensors"));
    }

    private void saveModel(Path to, HeadSet heads) throws IOException {
        try (MultiLabelModel model =
                MultiLabelModel.create(Backbones.small(), heads, Preprocessing.imageNet(32), Device.cpu(), 3)) {
            model.save(to);
        }
    }

    private static int images(String html) {
        return html.split("<img ", -1).length - 1;
    }

    @Test
    void writesWhatTheFolderHolds() throws IOException {
        // given a history, and a model
        Files.writeString(
                run.resolve("history.csv"),
                "epoch,train_loss,train_colour_accuracy,validation_loss,validation_colour_accuracy\n"
                        + "1,1.5,0.25,1.4,\n2,1.0,0.5,1.1,0.75\n");
        saveModel(run.resolve("model"), HEADS);

        // when a report is asked for
        Ran ran = multilabel("report", run);

        // then it has the curves, the image with its heat map, and the name of the folder
        assertThat(ran.code()).as(ran.err()).isZero();
        String html = Files.readString(run.resolve("report.html"));
        assertThat(html).contains("first run", "Learning curves", "accuracy of colour", "gone.png", "predicted green");
        assertThat(html).contains("where head colour looks for green");
        assertThat(ran.out()).contains("report.html");
    }

    @Test
    void showsWhatTheTrainingWas() throws IOException {
        Files.writeString(
                run.resolve("run.json"),
                "{\"format\": \"multilabel-run\", \"formatVersion\": 1, \"options\": {\"epochs\": 7,"
                        + " \"head\": [\"colour\", \"tags:multi=|\"], \"fine-tune\": false, \"weights\": null,"
                        + " \"freeze\": []}, \"versions\": {\"pytorch\": \"2.7.1\"}}");

        Ran ran = multilabel("report", run);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("--epochs", "colour, tags:multi=|", "pytorch of the training", "2.7.1")
                .doesNotContain("--fine-tune", "--weights", "--freeze");
    }

    @Test
    void aDamagedDescriptionIsNamed() throws IOException {
        Files.writeString(run.resolve("run.json"), "{\"format\": \"multilabel-run\"");

        Ran ran = multilabel("report", run);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("run.json").doesNotContain("Exception");
    }

    @Test
    void withoutModelAndHistoryItHasImagesAlone() throws IOException {
        Ran ran = multilabel(
                "report",
                run,
                "--title",
                "<Cars>",
                "--output",
                folder.resolve("new").resolve("page.html"));

        assertThat(ran.code()).as(ran.err()).isZero();
        String html = Files.readString(folder.resolve("new").resolve("page.html"));
        assertThat(html).contains("&lt;Cars&gt;").doesNotContain("Learning curves", "looks for");
        assertThat(images(html)).isPositive();
    }

    @Test
    void aFolderWithoutPredictionsIsRefused() {
        Ran ran = multilabel("report", folder);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("has no predictions.safetensors").doesNotContain("Exception");
    }

    @Test
    void theModelOfOtherHeadsIsRefused() throws IOException {
        Path other = folder.resolve("other");
        saveModel(other, HeadSet.of(Head.singleLabel("shape", "round", "square")));

        Ran ran = multilabel("report", run, "--model", other);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("[shape]").contains("--model");
        assertThat(run.resolve("report.html")).doesNotExist();
    }
}
