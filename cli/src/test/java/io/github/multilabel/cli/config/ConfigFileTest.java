package io.github.multilabel.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multilabel.cli.program.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ConfigFileTest {

    @TempDir
    Path folder;

    @Command(name = "train", mixinStandardHelpOptions = true)
    static final class Train {

        @Option(names = "--csv", required = true)
        Path csv;

        @Option(names = "--epochs")
        Optional<Integer> epochs = Optional.empty();

        @Option(names = "--learning-rate")
        Optional<Double> learningRate = Optional.empty();

        @Option(names = "--monitor")
        String monitor = "mean_accuracy";

        @Option(names = "--head", split = "(?<!:multi=),")
        List<String> heads = List.of();

        @Option(names = "--na-values", split = ",")
        List<String> missing = List.of();

        @Option(names = "--loss", split = ",", paramLabel = "[HEAD=]LOSS")
        List<String> losses = List.of();

        @Option(names = "--loss-weight", split = ",", paramLabel = "HEAD=WEIGHT")
        List<String> weights = List.of();

        @Option(names = "--mode")
        Mode mode = Mode.FAIL;

        @Option(names = "--fine-tune")
        boolean fineTune;

        @Option(names = "--overwrite")
        boolean overwrite;

        @Option(names = "--config")
        Optional<Path> config = Optional.empty();

        enum Mode {
            FAIL,
            SKIP
        }
    }

    private static CommandLine command(Train train) {
        return new CommandLine(train).setCaseInsensitiveEnumValuesAllowed(true).setTrimQuotes(true);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private List<String> arguments(Path file) throws IOException {
        return ConfigFile.read(file).arguments(command(new Train()).getCommandSpec());
    }

    private Train train(Path file) throws IOException {
        Train train = new Train();
        command(train).parseArgs(arguments(file).toArray(String[]::new));
        return train;
    }

    private void assertRefused(String name, String text, String... words) throws IOException {
        Path file = file(name, text);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> arguments(file))
                .satisfies(refused -> assertThat(refused.getMessage())
                        .contains("'" + file)
                        .contains(words)
                        .hasSizeLessThan(10_000));
    }

    @Test
    void yamlHasTheNamesOfOptionsWithoutDashes() throws IOException {
        Train train = train(
                file(
                        "settings.yaml",
                        """
                # a comment
                csv: my cars, 2019.csv
                epochs: 5
                learning-rate: 3e-3
                head: [brand, "tags:multi=|"]
                loss: {brand: focal, type: ordinal}
                loss-weight:
                  brand: 2
                  type: 0.5
                mode: skip
                fine-tune: true
                overwrite: false
                """));

        assertThat(train.csv).isEqualTo(Path.of("my cars, 2019.csv"));
        assertThat(train.epochs).contains(5);
        assertThat(train.learningRate).contains(0.003);
        assertThat(train.heads).containsExactly("brand", "tags:multi=|");
        assertThat(train.losses).containsExactly("brand=focal", "type=ordinal");
        assertThat(train.weights).containsExactly("brand=2", "type=0.5");
        assertThat(train.mode).isEqualTo(Train.Mode.SKIP);
        assertThat(train.fineTune).isTrue();
        assertThat(train.overwrite).isFalse();
    }

    @Test
    void jsonHasTheSame() throws IOException {
        String json =
                """
                {"csv": "cars.csv", "epochs": 5, "learning-rate": 3e-3, "head": ["brand", "tags:multi=|"],
                 "loss-weight": {"brand": 2}, "fine-tune": true, "monitor": null}
                """;
        for (String name : List.of("settings.json", "settings.txt", "SETTINGS.JSON")) {
            Train train = train(file(name, json));
            assertThat(train.csv).isEqualTo(Path.of("cars.csv"));
            assertThat(train.learningRate).contains(0.003);
            assertThat(train.heads).containsExactly("brand", "tags:multi=|");
            assertThat(train.weights).containsExactly("brand=2");
            assertThat(train.fineTune).isTrue();
            assertThat(train.monitor).isEqualTo("mean_accuracy");
        }
    }

    @Test
    void scalarsArriveAsTheyWereWritten() throws IOException {
        List<String> written = List.of(
                "no", "on", "Yes", "010", "0x1F", "1e-3", "1_000", "2024-01-31", "12:30:45", "null", "~", ".inf");
        assertThat(train(file("a.yaml", "csv: a\nna-values: [" + String.join(", ", written) + "]")).missing)
                .isEqualTo(written);
        for (String text : written) {
            assertThat(arguments(file("a.yaml", "monitor: " + text))).containsExactly("--monitor=" + text);
        }
        assertThat(arguments(file("a.json", "{\"monitor\": 1.10e2}"))).containsExactly("--monitor=1.10e2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a,b",
                "a=b",
                "\"a\"",
                "\"a,b\"",
                "x\"y",
                "x\"y,z",
                "\\",
                "a\\b",
                "a\\",
                "c:\\dir,x",
                "\"",
                "\"\"",
                "tags:multi=,",
                "my,tags:multi=,",
                "'a'",
                "",
                "--x",
                "-",
                " a ",
                "é漢😀",
                "@file",
                "${sys:user.home}",
                "#1"
            })
    void anyValueIsGivenToItsOptionUnchanged(String value) throws IOException {
        String quoted = new com.google.gson.JsonPrimitive(value).toString();
        Path file = file(
                "odd.json",
                "{\"csv\": \"c\", \"monitor\": " + quoted + ", \"head\": [" + quoted + ", \"b\"], \"na-values\": ["
                        + quoted + "], \"loss-weight\": {" + quoted + ": 2}}");
        Train train = train(file);

        assertThat(train.monitor).isEqualTo(value);
        assertThat(train.heads).containsExactly(value, "b");
        assertThat(train.missing).containsExactly(value);
        assertThat(train.weights).containsExactly(value + "=2");
    }

    @Test
    void oneTextIsReadAsAtTheCommandLine() throws IOException {
        assertThat(train(file("a.yaml", "csv: c\nhead: brand,type")).heads).containsExactly("brand", "type");
    }

    @Test
    void unknownKeysAreNamedWithTheirLineAndTheNearestOption() throws IOException {
        assertRefused(
                "a.yaml",
                "csv: c\nlearning_rate: 1\n--epochs: 3\nzzz: 1\n",
                "line 2: 'learning_rate'",
                "did you mean 'learning-rate'?",
                "line 3: '--epochs'",
                "did you mean 'epochs'?",
                "line 4: 'zzz'",
                "no such option");
        assertRefused("a.json", "{\"epoch\": 1}", "'epoch'", "did you mean 'epochs'?");
        assertRefused("a.yaml", "help: true", "'help'");
        assertRefused("a.yaml", "config: other.yaml", "cannot name another");
    }

    @Test
    void valuesThatAnOptionDoesNotTakeAreNamed() throws IOException {
        assertRefused("a.yaml", "csv: c\nepochs: ten", "line 2: 'epochs'", "'ten' is not a whole number");
        assertRefused("a.yaml", "epochs: null", "'null' is not", "leave the key out for the default");
        assertRefused("a.yaml", "epochs: [1, 2]", "'epochs': it takes one value, got a list");
        assertRefused("a.yaml", "epochs: {a: 1}", "'epochs': it takes one value, got a map");
        assertRefused("a.yaml", "head: {a: 1}", "'head': it takes one value or a list, got a map");
        assertRefused("a.yaml", "fine-tune: yes", "it is true or false, got 'yes'");
        assertRefused("a.yaml", "fine-tune: [true]", "it is true or false, got a list");
        assertRefused("a.yaml", "head: []", "the list is empty");
        assertRefused("a.yaml", "epochs:\nmonitor: a", "line 1", "'epochs' has no value");
        assertRefused("a.yaml", "head: [[a], b]", "must be a single value");
        assertRefused("a.yaml", "loss: {a: {b: c}}", "must be a single value");
        assertRefused("a.json", "{\"epochs\": \"ten\"}", "'epochs'", "'ten' is not a whole number");
        assertRefused("a.json", "{\"head\": [null]}", "must be a single value, got null");
        assertRefused("a.json", "{\"loss\": {\"a\": []}}", "must be a single value");
        assertRefused("a.yaml", "mode: stop", "'mode'", "'stop' is none of fail, skip");
    }

    @Test
    void keysThatAppearTwiceAreRefused() throws IOException {
        assertRefused("a.yaml", "epochs: 1\nmonitor: a\nepochs: 2", "line 3: 'epochs': it appears twice", "line 1");
        assertRefused("a.json", "{\"epochs\": 1, \"epochs\": 2}", "'epochs' appears twice");
        assertRefused("a.yaml", "loss: {a: b, a: c}", "'loss' has 'a' twice");
    }

    @Test
    void whatIsNoFileOfOptionsIsRefusedInOneMessage() throws IOException {
        for (String empty : List.of("", " \n\n", "# only a comment\n", "---\n", "---\n...\n")) {
            assertRefused("a.yaml", empty, "it is empty");
        }
        assertRefused("a.json", "", "it is empty");
        assertRefused("a.yaml", "- a\n- b", "options are expected");
        assertRefused("a.yaml", "just a text", "options are expected");
        assertRefused("a.json", "[1]", "not one JSON object");
        assertRefused("a.json", "{\"epochs\": 1,}", "not valid JSON");
        assertRefused("a.yaml", "epochs: 1\n---\nepochs: 2", "line 2", "second document");
        assertRefused("a.yaml", "csv: c\nloss:\n\tbrand: focal\n", "line 3", "not with tabs");
        assertRefused("a.yaml", "csv: 'open\n", "not YAML");
        assertRefused("a.yaml", "csv: a: b\n", "line 1", "not YAML");
        assertRefused("a.yaml", "csv: \u0007\n", "U+0007");
        assertRefused("a.yaml", "csv: !!binary aGk=\n", "tag");
        assertRefused("a.yaml", "csv: !!java.net.URL [http://localhost]\n", "'csv'");
        assertRefused("a.yaml", "csv: *glob\n", "alias");
        assertRefused("a.yaml", "? [a, b]\n: c\n", "name of an option");
    }

    @Test
    void hostileFilesCostNoMoreThanTheirLength() throws IOException {
        StringBuilder laughs = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (char c = 'b'; c < 'k'; c++) {
            laughs.append(c).append(": &").append(c).append(" [");
            laughs.append(("*" + (char) (c - 1) + ", ").repeat(8))
                    .append("*")
                    .append((char) (c - 1))
                    .append("]\n");
        }
        assertRefused("laughs.yaml", laughs.toString(), "line 2", "alias");
        assertRefused("self.yaml", "csv: &a [*a]", "alias");
        assertRefused("deep.yaml", "csv: " + "[".repeat(500_000), "must be a single value");
        assertRefused("deep.json", "{\"csv\": " + "[".repeat(500_000), "nested");
        assertRefused("braces.yaml", "{".repeat(500_000), "name of an option");
        assertRefused("questions.yaml", "? ".repeat(200_000), "name of an option");
        assertRefused("large.yaml", "#".repeat(2_000_000), "more than 1 MB");
        assertRefused("long.yaml", "a".repeat(300_000) + ": 1", "options are expected");
        assertRefused("long.json", "{\"" + "a".repeat(300_000) + "\": 1}", "no such option");
        assertRefused("many.yaml", "zzz: 1\n".repeat(50_000), "in all)");
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws IOException {
        assertThat(arguments(file("a.yaml", "\uFEFFepochs: 3"))).containsExactly("--epochs=3");
        assertThat(arguments(file("a.json", "\uFEFF{\"epochs\": 3}"))).containsExactly("--epochs=3");
        assertThat(arguments(file("a.yaml", "epochs: 3\r\nmonitor: a b\r\n")))
                .containsExactly("--epochs=3", "--monitor=a b");
    }

    @Test
    void otherEncodingsAreRefused() throws IOException {
        Path latin = Files.write(folder.resolve("a.yaml"), "csv: Stra\u00dfe".getBytes(StandardCharsets.ISO_8859_1));
        Path utf16 = Files.write(folder.resolve("b.yaml"), "\uFEFFcsv: a".getBytes(StandardCharsets.UTF_16LE));
        for (Path file : List.of(latin, utf16)) {
            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> arguments(file))
                    .withMessageContaining("not UTF-8");
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> ConfigFile.read(folder.resolve("none.yaml")))
                .withMessageContaining("none.yaml");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ConfigFile.read(folder))
                .withMessageContaining("it is a folder");
    }

    @Test
    void theOptionsOfADescribedTrainingAreTakenButNotThatItReplacedAnother() throws IOException {
        Path run = file(
                "run.json",
                """
                {"format": "multilabel-run", "formatVersion": 1, "command": "train", "unknown": [1],
                 "options": {"csv": "a.csv", "epochs": 3, "overwrite": true, "config": "b.yaml", "monitor": null,
                             "head": ["a,b"]}}
                """);
        assertThat(ConfigFile.read(run).run()).isPresent();
        assertThat(arguments(run)).startsWith("--csv=a.csv", "--epochs=3").hasSize(3);
        assertRefused("run.json", "{\"format\": \"multilabel-model\"}", "its format is 'multilabel-model'");
        assertRefused("run.json", "{\"format\": 3}", "'format' must be a text");
        assertRefused(
                "run.json",
                "{\"format\": \"multilabel-run\", \"formatVersion\": 2, \"options\": {}}",
                "its format version is 2",
                "use a newer release");
        assertRefused(
                "run.json", "{\"format\": \"multilabel-run\", \"formatVersion\": 1}", "'options' must be an object");
        assertRefused(
                "run.json",
                "{\"format\": \"multilabel-run\", \"formatVersion\": 1, \"options\": {\"csv\": \"http://me:***@host/a.csv\"}}",
                "'csv': its password is not in the file");
    }
}
