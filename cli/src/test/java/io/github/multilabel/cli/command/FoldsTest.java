package io.github.multilabel.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.cli.Typed;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.testsupport.Ran;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldsTest {

    @TempDir
    private Path folder;

    private Path labels;
    private Path photos;
    private Path output;

    @BeforeEach
    void drawings() throws IOException {
        labels = Shapes.write(Shapes.draw(36, 1), folder);
        photos = folder.resolve("photos");
        output = folder.resolve("out");
    }

    private Ran train(Object... more) {
        return Typed.multilabel(Typed.with(
                new Object[] {
                    "train",
                    "--csv",
                    labels,
                    "--images",
                    photos,
                    "--head=colour",
                    "--backbone=small",
                    "--image-size=32",
                    "--epochs=1",
                    "--output",
                    output
                },
                more));
    }

    private static double accuracy(Path fold) throws IOException {
        return JsonParser.parseString(Files.readString(fold.resolve("metrics.json")))
                .getAsJsonObject()
                .getAsJsonObject("metrics")
                .get("colour_accuracy")
                .getAsDouble();
    }

    private List<String> sources(Path table) throws IOException {
        return Files.readAllLines(table).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
    }

    @Test
    void everyFoldIsATrainingAndEveryRowIsPredictedByTheModelThatDidNotLearnIt() throws IOException {
        Ran ran = train("--folds", "3", "--head", "ground", "--auxiliary-head", "ground");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("fold 3 of 3", "deviation");
        assertThat(Files.readAllLines(output.resolve("predictions.csv")).get(0))
                .as("the heads of the models, which have no auxiliary ones")
                .isEqualTo("source,colour.label,colour.prediction,colour.probability,problem");
        Predictions kept = Predictions.read(output.resolve("predictions.safetensors"));
        assertThat(IntStream.range(0, kept.size()).mapToObj(kept::source).toList())
                .as("all rows in the order of the table, also for programs")
                .isEqualTo(sources(output.resolve("predictions.csv")));
        assertThat(Files.readString(output.resolve("report.html")))
                .as("of all images, with their thumbnails and what was typed")
                .contains("each image by the one of 3 models", "36 images", "<img ", "--image-size", "Label issues");
        double sum = 0;
        for (int fold = 1; fold <= 3; fold++) {
            assertThat(output.resolve("fold-" + fold)).isDirectoryContaining("glob:**/model");
            sum += accuracy(output.resolve("fold-" + fold));
        }
        JsonObject all = JsonParser.parseString(Files.readString(output.resolve("folds.json")))
                .getAsJsonObject();
        assertThat(all.getAsJsonObject("metrics")
                        .getAsJsonObject("colour_accuracy")
                        .get("mean")
                        .getAsDouble())
                .isEqualTo(sum / 3);
        assertThat(Files.readAllLines(output.resolve("folds.csv")).get(0))
                .isEqualTo("metric,mean,deviation,fold_1,fold_2,fold_3");
        assertThat(Typed.multilabel("info", output).out())
                .contains("cross validation:", "fold-3, finished", "colour_accuracy", "mean:", "deviation:");
        List<String> predicted = sources(output.resolve("predictions.csv"));
        assertThat(predicted).as("in the order of the table").hasSize(36).doesNotHaveDuplicates();
        assertThat(predicted.stream().map(FoldsTest::number))
                .isEqualTo(IntStream.range(0, 36).boxed().toList());
        for (String source : sources(output.resolve("fold-2").resolve("predictions.csv"))) {
            assertThat(Files.readString(output.resolve("split.csv"))).contains(number(source) + ".png,fold 2");
        }

        assertThat(train("--folds", "3").err()).contains("--resume", "--overwrite");
        Ran again = train("--folds", "3", "--head", "ground", "--auxiliary-head", "ground", "--resume");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(train("--folds", "2", "--resume").err()).contains("more than 2 folds");
    }

    @Test
    void labelIssuesAreFoundByTheModelsThatDidNotLearnThemAndCorrectionsComeBack() throws IOException {
        Ran ran = train("--folds", "3", "--label-issues");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("of 36 images", "label-issues.csv");
        Path issues = output.resolve("label-issues.csv");
        assertThat(Files.readAllLines(issues).get(0))
                .isEqualTo("rank,source,head,kind,label,suggested,label.probability,suggested.probability,corrected");
        Predictions kept = Predictions.read(output.resolve("predictions.safetensors"));

        Files.writeString(issues, "filled in");
        assertThat(train("--folds", "3", "--label-issues", "--resume").out())
                .contains("label-issues.csv is there already and stays");
        assertThat(issues).hasContent("filled in");
        assertThat(train("--folds", "3", "--overwrite", "--corrections", issues).err())
                .contains("is in the folder that is written, and would be lost: copy it");

        assertThat(corrected(kept.source(0), "nonsense").err())
                .contains("line 2: head 'colour' has no category 'nonsense'");
        assertThat(corrected(kept.source(0), "?").out()).contains("1 label is corrected (colour 1)");
    }

    private Ran corrected(String source, String label) throws IOException {
        Path corrections = Files.writeString(
                folder.resolve("corrected.csv"), "source,head,corrected\n" + source + ",colour," + label + "\n");
        return Typed.multilabel(
                "check", "--csv", labels, "--images", photos, "--head=colour", "--corrections", corrections);
    }

    @Test
    void labelIssuesNeedFolds() {
        assertThat(train("--label-issues").err()).contains("--label-issues needs --folds", "evaluate --label-issues");
    }

    private static int number(String source) {
        return Integer.parseInt(source.replaceAll(".*?([0-9]+)[.]png$", "$1"));
    }

    @Test
    void optionsThatDoNotSuitFoldsAreRefusedBeforeAnything() {
        assertThat(train("--folds", "1").err()).contains("--folds 1", "at least 2");
        assertThat(train("--folds", "100").err()).contains("cannot fill 100 parts (--folds 100); ask for fewer");
        assertThat(train("--folds", "3", "--validation", "0.2").err()).contains("leave out --validation");
        assertThat(train("--folds", "3", "--find-learning-rate").err()).contains("leave one of them out");
        assertThat(Typed.multilabel("train", "--dataset", "stanford-cars", "--data", "sample", "--folds", "3")
                        .err())
                .contains("--folds is for tables");
        assertThat(output).doesNotExist();
    }

    private Map<String, String> joined() throws IOException {
        Map<String, String> joined = new TreeMap<>();
        try (Stream<Path> files = Files.list(output)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                joined.put(file.getFileName().toString(), Arrays.toString(Files.readAllBytes(file)));
            }
        }
        return joined;
    }

    @Test
    void aReplacementThatFailsBeforeItsFirstCheckpointLeavesTheEarlierOneAsItWas() throws IOException {
        train("--folds", "2");
        Map<String, String> before = joined();
        assertThat(before)
                .containsOnlyKeys(
                        "folds.json",
                        "folds.csv",
                        "predictions.csv",
                        "predictions.safetensors",
                        "report.html",
                        "split.csv");
        byte[] photo = Files.readAllBytes(photos.resolve("7.png"));
        Files.writeString(photos.resolve("7.png"), "no image");

        Ran failed = train("--folds", "2", "--overwrite", "--seed", "5");

        assertThat(failed.code()).as(failed.out()).isEqualTo(1);
        assertThat(joined()).isEqualTo(before);
        Files.write(photos.resolve("7.png"), photo);
        Ran again = train("--folds", "2", "--resume");
        assertThat(again.code()).as(again.err()).isZero();
        Ran replaced = train("--folds", "2", "--overwrite", "--seed", "5");
        assertThat(replaced.code()).as(replaced.err()).isZero();
        assertThat(joined()).containsOnlyKeys(before.keySet());
        assertThat(joined().get("split.csv")).isNotEqualTo(before.get("split.csv"));
    }

    @Test
    void aCrossValidationIsTakenForNoTrainingAndForNoModel() throws IOException {
        Files.createDirectories(output.resolve("fold-1").resolve("model"));
        Files.createDirectories(output.resolve("fold-2"));
        Files.writeString(output.resolve("fold-1").resolve("model").resolve("model.json"), "{}");
        for (String option : List.of("--overwrite", "--resume", "--seed=1")) {
            Ran refused = train(option);
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("holds a cross validation", "--folds 2 with --resume", "another --output");
        }
        assertThat(Typed.multilabel("predict", "--model", output, photos.resolve("7.png"))
                        .err())
                .contains("did you mean '" + output.resolve("fold-1").resolve("model") + "'");
    }
}
