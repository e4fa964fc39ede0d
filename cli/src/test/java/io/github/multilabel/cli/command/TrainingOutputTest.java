package io.github.multilabel.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.cli.Typed;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.ProcessLock;
import io.github.multilabel.testsupport.Ran;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a training finds in its folder, and what it leaves there. */
class TrainingOutputTest {

    @TempDir
    Path folder;

    private Path labels;
    private Path output;

    @BeforeEach
    void drawings() throws IOException {
        labels = Shapes.write(Shapes.draw(40, 1), folder);
        output = folder.resolve("out");
    }

    private Ran train(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("train", "--images", folder.resolve("photos")));
        arguments.addAll(List.of(more).contains("--csv") ? List.of() : List.of("--csv", labels));
        arguments.addAll(List.of("--head", "colour", "--backbone", "small", "--image-size", "32", "--output", output));
        arguments.addAll(List.of("--epochs", "1"));
        arguments.addAll(List.of(more));
        return Typed.multilabel(arguments.toArray());
    }

    private void trained() {
        Ran done = train();
        assertThat(done.code()).as(done.err()).isZero();
    }

    private Map<String, Long> files() throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(output)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                files.put(
                        output.relativize(file).toString(),
                        Files.getLastModifiedTime(file).toMillis());
            }
        }
        return files;
    }

    private static void assertRefused(Ran output, String... said) {
        assertRefused(1, output, said);
    }

    private static void assertRefused(int code, Ran output, String... said) {
        assertThat(output.code()).as(output.out()).isEqualTo(code);
        assertThat(output.err()).contains(said).doesNotContain("\tat ", "Exception");
        assertThat(output.out()).doesNotContain("epoch");
    }

    @Test
    void aFinishedTrainingIsReplacedOnlyIfThatIsSaid() throws IOException {
        Ran first = train("--resume");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out())
                .contains("nothing to resume in " + output + ": the training begins")
                .contains("the model has the weights of epoch 1 of 1, the best by mean_accuracy");
        Map<String, Long> before = files();
        Ran again = train();
        assertRefused(2, again, "holds a finished training", "--resume", "--overwrite", "another --output");
        assertThat(again.out()).as("before the table is read").isEmpty();
        assertThat(files()).isEqualTo(before);
        Ran overwritten = train("--overwrite", "--seed", "5");
        assertThat(overwritten.code()).as(overwritten.err()).isZero();
        assertThat(overwritten.out()).contains("stays until this one is complete");
        assertThat(files().keySet())
                .as("the same files, of one training")
                .filteredOn(name -> !name.startsWith("tensorboard"))
                .containsExactlyElementsOf(before.keySet().stream()
                        .filter(name -> !name.startsWith("tensorboard"))
                        .toList());
        assertThat(output.resolve("tensorboard").toFile().list()).hasSize(1);
    }

    @Test
    void aReplacementThatFailsLeavesTheEarlierTrainingAsItWas() throws IOException {
        trained();
        Map<String, Long> before = files();
        Files.writeString(folder.resolve("photos").resolve("7.png"), "no image");
        Ran failed = train("--overwrite");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("7.png");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void whereOnlyResultsAreThereIsNothingToGoOnWith() throws IOException {
        trained();
        AtomicOutput.delete(output.resolve("checkpoints"));
        Map<String, Long> before = files();
        assertRefused(2, train("--resume"), "no checkpoint to go on from", "--overwrite", "--weights " + output);
        assertThat(files()).isEqualTo(before);
        assertRefused(2, train("--resume", "--overwrite"), "give one of them");
    }

    @Test
    void aFolderThatAnotherHasIsRefused() throws IOException {
        trained();
        try (ProcessLock other = ProcessLock.ofFolder(output)) {
            assertRefused(train("--overwrite"), "'" + output + "' is in use by this process itself");
            assertRefused(
                    Typed.multilabel(
                            "evaluate",
                            "--dataset",
                            "stanford-cars",
                            "--model",
                            "m",
                            "--data",
                            "d",
                            "--output",
                            output.toString()),
                    "is in use");
        }
        assertThat(train("--overwrite").code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics.json", "learning-curves.png", "history.csv", "steps.csv"})
    void aFolderInThePlaceOfAFileIsFoundBeforeTraining(String name) throws IOException {
        Files.createDirectories(output.resolve(name));
        assertRefused(train(), "'" + output.resolve(name) + "' is a folder, but a file of that name is to be written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoints", "tensorboard", "model"})
    void aFileInThePlaceOfAFolderIsFoundBeforeTraining(String name) throws IOException {
        Files.createDirectories(output);
        Files.writeString(output.resolve(name), "");
        assertRefused(train(), output.resolve(name).toString(), "is a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoints/notes.txt", "tensorboard/notes.txt", "model/notes.txt"})
    void whatIsNotOfATrainingIsNotReplacedWithIt(String notes) throws IOException {
        trained();
        Path mine = Files.writeString(output.resolve(notes), "mine");
        assertRefused(train("--overwrite"), "notes.txt");
        assertThat(mine).hasContent("mine");
    }

    @Test
    void theLockThatAKillLeavesStandsInTheWayOfNothing() throws IOException {
        trained();
        Files.writeString(output.resolve("checkpoints").resolve(".lock"), "process 1");
        Files.writeString(output.resolve(".lock"), "process 1");
        assertThat(train("--overwrite").err()).isEmpty();
    }

    @Test
    void anEvaluationDoesNotReplaceTheMetricsOfATraining() throws IOException {
        trained();
        Map<String, Long> before = files();
        assertRefused(
                2,
                Typed.multilabel(
                        "evaluate",
                        "--dataset",
                        "stanford-cars",
                        "--model",
                        "m",
                        "--data",
                        "d",
                        "--output",
                        output.toString()),
                "metrics.json' is there already",
                "--overwrite replaces it");
        Path model = output.resolve("model");
        assertRefused(
                2,
                Typed.multilabel("evaluate", "--model", model, "--csv", labels, "--output", model),
                "is the folder of a model",
                "another --output");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aFileIsNoFolderForResults() throws IOException {
        Files.writeString(output, "");
        for (String more : List.of("--resume", "--seed=1", "--folds=3")) {
            Ran refused = train(more);
            assertRefused(refused, output.toString());
            assertThat(refused.out()).as("before the table is read").isEmpty();
        }
    }

    @Test
    void aTrainingThatIsRefusedLeavesNoFile() throws IOException {
        Path unlabelled = Files.writeString(
                folder.resolve("unlabelled.csv"),
                "image,colour,part\n0.png,,train\n1.png,,train\n2.png,red,validation\n3.png,blue,validation\n");
        Ran refused = train("--csv", unlabelled, "--split-column", "part");
        assertThat(refused.code()).as(refused.out()).isNotZero();
        assertThat(refused.err()).contains("colour");
        assertThat(output).doesNotExist();
    }

    @Test
    void anEmptyNameIsNotTheFolderOneIsIn() {
        output = Path.of("");
        assertRefused(2, train(), "--output", "it is empty");
    }

    @Test
    void withoutValidationThereIsNothingToEvaluateOn() {
        assertRefused(2, train("--validation", "0"), "--validation 0 leaves no rows for evaluation");
    }
}
