package io.github.multilabel.cli;

import static io.github.multilabel.cli.Typed.multilabel;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.testsupport.Ran;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command itself: what it says of its subcommands, and of words that it does not know. */
class MultilabelTest {

    @Test
    void withoutASubcommandItShowsAnExampleOfEach() {
        Ran alone = multilabel();
        assertThat(alone.code()).isEqualTo(2);
        assertThat(alone.out()).isEmpty();
        assertThat(alone.err())
                .contains(
                        "multilabel train --",
                        "multilabel check --",
                        "multilabel evaluate --",
                        "multilabel predict --");
    }

    @Test
    void anUnknownSubcommandGetsTheNearest() {
        Ran unknown = multilabel("trian", "--epochs", "1");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no command 'trian'; did you mean 'train'?");
        assertThat(multilabel("foo").err()).doesNotContain("did you mean");
    }

    @Test
    void anUnknownOptionGetsTheNearest() {
        Ran unknown = multilabel("train", "--epcohs", "1");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err())
                .contains(
                        "there is no option '--epcohs'; did you mean '--epochs'?",
                        "multilabel train --help explains every option")
                .hasLineCount(2);
    }

    @Test
    void aWrongValueIsOneSentenceWithThoseThatThereAre() {
        assertThat(multilabel("train", "--csv", "x", "--schedule", "foo").err())
                .contains("'--schedule': 'foo' is none of constant, step, cosine, one-cycle")
                .hasLineCount(2);
        assertThat(multilabel("train", "--csv", "x", "--learning-rate", "fast").err())
                .contains("'--learning-rate': 'fast' is not a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "check", "evaluate", "predict"})
    void helpListsOptionsInSectionsWithAnExample(String command) {
        Ran help = multilabel(command, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out())
                .startsWith("Usage: multilabel " + command + " [OPTIONS]")
                .contains("This command:", "Help:", "Examples:", "multilabel " + command + " --")
                .doesNotContain("null");
        assertThat(multilabel("help", command).out()).isEqualTo(help.out());
    }

    @Test
    void theManyOptionsOfATrainingHaveManySections() {
        assertThat(multilabel("train", "--help").out())
                .containsSubsequence(
                        "Images and labels:",
                        "--csv",
                        "Split of a table:",
                        "--validation",
                        "Reading images:",
                        "--batch-size",
                        "Model and training:",
                        "--backbone");
    }

    @Test
    void theVersionsAreThoseThatDecideTheNumbers() {
        Ran version = multilabel("--version");
        assertThat(version.code()).isZero();
        assertThat(version.out())
                .contains(
                        "multilabel ",
                        "DJL ",
                        "PyTorch's bridge ",
                        "Java " + Runtime.version().feature());
    }

    @Test
    void anArgumentThatArrivesMangledSaysWhatToDo() {
        Ran mangled = multilabel("train", "--csv", "labels.csv", "--head", "\ufffd\ufffd");
        assertThat(mangled.code()).isEqualTo(2);
        assertThat(mangled.err()).contains("'??'", "LC_ALL=C.UTF-8").hasLineCount(1);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "LC_ALL is of other systems")
    void lettersAreUtf8InAnyLocale(@TempDir Path folder) throws IOException, InterruptedException {
        Path table =
                Files.writeString(folder.resolve("t.csv"), "image,c\na.jpg,\u0434\u0430\nb.jpg,\u043d\u0435\u0442\n");
        ProcessBuilder check = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Multilabel.class.getName(),
                "check",
                "--validation=0",
                "--csv=" + table,
                "--head=c");
        check.environment().put("LC_ALL", "C");
        check.redirectError(ProcessBuilder.Redirect.DISCARD);

        Process checked = check.start();
        String printed = new String(checked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(checked.waitFor()).isEqualTo(1);
        assertThat(printed).contains("\u0434\u0430", "\u043d\u0435\u0442");
    }

    /** In a JVM of its own: programs for PyTorch are made of text once. */
    @Test
    void aTrainingRunsWherePeopleWriteOtherDigits(@TempDir Path folder) throws IOException, InterruptedException {
        Path table = Shapes.write(Shapes.draw(12, 1), folder);
        Path output = folder.resolve("out");
        ProcessBuilder train = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1", // a short life
                "-Duser.language=fa",
                "-Duser.country=IR",
                "-cp",
                System.getProperty("java.class.path"),
                Multilabel.class.getName(),
                "train",
                "--csv=" + table,
                "--images=" + folder.resolve("photos"),
                "--head=colour,tags:multi=|",
                "--empty-tags=none",
                "--backbone=small",
                "--image-size=32",
                "--epochs=1",
                "--output=" + output);
        train.redirectErrorStream(true);

        Process trained = train.start();
        String printed = new String(trained.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(trained.waitFor()).as(printed).isZero();
        assertThat(output.resolve("history.csv")).content().isASCII().contains("\n1,");
    }
}
