package io.github.multilabel.cli.command;

import static io.github.multilabel.cli.Typed.multilabel;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.cli.Multilabel;
import io.github.multilabel.cli.Typed;
import io.github.multilabel.testsupport.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What a training says of options that it cannot use: which one, what was typed, and what to type instead. */
class WrongOptionsTest {

    @TempDir
    static Path folder;

    /** Nothing is read before options are checked, so that no table has to be there. */
    private static Ran train(Object... options) {
        return multilabel(
                Typed.with(new Object[] {"train", "--csv", folder.resolve("t.csv"), "--head", "brand"}, options));
    }

    private static void assertRefused(Ran refused, String... words) {
        assertThat(refused.code()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err()).contains(words).doesNotContain("\tat ", "Exception");
    }

    @BeforeAll
    static void anOutputThatIsTaken() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("taken")).resolve("metrics.json"), "{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--csv", "--images", "--config", "--output", "--photo-cache", "--downloads", "--folders"})
    void anEmptyNameOfAFileIsRefused(String option) {
        for (String empty : List.of("", " ")) {
            assertRefused(multilabel("train", option, empty), option, "it is empty", "'.' for the current folder");
        }
    }

    @Test
    void anEmptyNameIsRefusedByEveryCommand() {
        assertRefused(multilabel("info", ""), "PATH: it is empty");
        assertRefused(multilabel("predict", "--model", "", "a.jpg"), "--model", "it is empty");
        assertRefused(multilabel("evaluate", "--model="), "--model", "it is empty");
        assertRefused(train("--weights", ""), "--weights: it is empty");
        assertRefused(multilabel("train", "--dataset", "stanford-cars", "--data", ""), "--data: it is empty");
    }

    @Test
    void aHeadHasOneValue() throws IOException {
        assertRefused(
                train("--dropout", "brand=1,brand=0.5"), "--dropout has the head 'brand' twice, brand=1 and brand=0.5");
        assertRefused(train("--dropout", "0.1", "--dropout", "0.2"), "--dropout has a value for all heads twice");
        assertRefused(train("--loss", "brand=focal,brand=focal"), "--loss has the head 'brand' twice");
        Path file = Files.writeString(folder.resolve("twice.yaml"), "loss-weight: [brand=1, brand=2]");
        assertRefused(train("--config", file), "--loss-weight has the head 'brand' twice");
    }

    @Test
    void aDataSetThatIsKnownByNameIsNotChecked() {
        assertRefused(
                multilabel("check", "--dataset", "stanford-cars"), "check reads tables (--csv)", "--on-bad-image");
    }

    @Test
    void aWeightBelongsToAHead() throws IOException {
        assertRefused(train("--loss-weight", "2"), "--loss-weight", "'2' is not HEAD=WEIGHT", "such as brand=2");
        assertRefused(train("--loss-weight", "brand=much"), "'brand=much' is not HEAD=WEIGHT");
        assertRefused(
                train("--loss-weight", "brnad=2"),
                "--loss-weight brnad=2: no head 'brnad'; there is 1 name [brand]; did you mean 'brand'?");
        Path file = Files.writeString(folder.resolve("weight.yaml"), "loss-weight: 2");
        assertRefused(train("--config", file), "line 1: 'loss-weight': '2' is not HEAD=WEIGHT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--device|gpu99|--device gpu99: PyTorch sees",
                "--charset|klingon|'klingon' is no encoding that this Java knows; there are UTF-8",
                "--charset|windows-1522|did you mean 'windows-1252'",
                "--seed|99999999999999999999|'99999999999999999999' is too large; whole numbers go from",
                "--epochs|-99999999999|'-99999999999' is too small",
                "--epochs|1.5|'1.5' is not a whole number",
                "--epochs|1e999999999|is too large",
                "--validation|150%|'150%' is not a number; write a fraction, such as 0.2 for 20%",
                "--head|brand|two heads are named 'brand' in [brand, brand]; name each column once in --head",
                "--head|tags:multy=;|did you mean 'tags:multi=;'?",
                "--progressive-resizing|,|--progressive-resizing: there are commas and no value",
                "--mixup|0|--mixup 0: ",
                "--time-limit|0s|'0s' is no time: write 60m or 90s, from 1s",
                "--time-limit|99999999999h|up to six digits each",
                "--photo-cache-side|5|--photo-cache x --photo-cache-side 5: ",
            })
    void aWrongValueIsNamedWithItsOption(String option, String value, String message) {
        assertRefused(train(option, value, "--photo-cache", "x"), option, message);
    }

    @ParameterizedTest
    @CsvSource({"--loss,CROSS-ENTROPY", "--augmentation,Light", "--backbone,ResNet18", "--weights,NONE", "--device,CPU"
    })
    void wordsAreTakenInAnyCase(String option, String word) {
        assertThat(train(option, word).err())
                .contains("no such file (looked for")
                .doesNotContain(option);
    }

    @Test
    void aWholeNumberMayBeWrittenWithAFraction() throws IOException {
        Path file = Files.writeString(folder.resolve("whole.json"), "{\"epochs\": 1e0, \"batch-size\": 8.0}");
        assertThat(train("--config", file).err())
                .contains("no such file (looked for")
                .doesNotContain("epochs");
    }

    static Stream<Arguments> numbers() {
        CommandLine train = new CommandLine(new Multilabel()).getSubcommands().get("train");
        Stream<String> ofHeads = Stream.of("--dropout", "--label-smoothing", "--hidden-units");
        Stream<String> others = train.getCommandSpec().options().stream()
                .filter(option -> Stream.of(option.auxiliaryTypes())
                        .anyMatch(type -> Number.class.isAssignableFrom(type)
                                || type == int.class
                                || type == long.class
                                || type == double.class))
                .map(OptionSpec::longestName);
        return Stream.concat(ofHeads, others).flatMap(option -> Stream.of("0", "-1", "NaN", "1e309", "-0.5")
                .map(value -> Arguments.of(option, value)));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aNumberIsTakenOrRefusedByTheNameOfItsOption(String option, String value) throws IOException {
        Files.writeString(
                folder.resolve("cars.csv"), "image,brand\na.jpg,x\nb.jpg,y\nc.jpg,x\nd.jpg,y\ne.jpg,x\nf.jpg,y\n");
        Ran ran = multilabel(
                "train",
                "--csv=" + folder.resolve("cars.csv"),
                "--head=brand",
                "--backbone=small",
                "--photo-cache=" + folder.resolve("cache"),
                "--output=" + folder.resolve("taken"),
                "--resume", // or the output is refused before the table is read
                option,
                value);

        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        boolean isTaken = ran.err().contains("metrics.json' is not of a training"); // which comes after all options
        if (!isTaken) {
            assertThat(ran.err()).contains(option).doesNotContain("\tat ");
        }
    }

    @Test
    void blanksAfterTheCommasOfHeadsAreNotOfTheirNames() {
        assertThat(train("--head", "type, colour , 'tags:multi= '").err()).contains("no such file (looked for");
        assertThat(train("--head", "type,", "colour").err())
                .contains("'colour' is one word too many", "leave out the blank after the comma");
        assertThat(train("colour").err()).contains("one word too many").doesNotContain("comma");
    }

    @Test
    void aLineBreakInANameDoesNotSplitTheMessage() {
        assertThat(multilabel("check", "--csv=a\nb.csv", "--head=brand").err())
                .contains("a?b.csv: no such file")
                .hasLineCount(1);
        assertThat(train("--config", "a\nb.yaml").err())
                .contains("--config 'a?b.yaml'")
                .hasLineCount(1);
    }

    @Test
    void aFileOfOptionsThatIsNotThereIsAWrongOption() {
        assertRefused(
                train("--config", folder.resolve("none.yaml")), "--config '", "none.yaml': there is no such file");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "/dev/stdin is of other systems")
    void aFileOfOptionsMayBeAPipe() throws IOException, InterruptedException {
        ProcessBuilder train = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Multilabel.class.getName(),
                "train",
                "--config",
                "/dev/stdin");
        Process reading = train.redirectErrorStream(true).start();
        try (var in = reading.getOutputStream()) {
            in.write("csv: nowhere.csv\nhead: brand\n".getBytes(StandardCharsets.UTF_8));
        }
        String printed = new String(reading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(reading.waitFor()).isEqualTo(1);
        assertThat(printed).contains("nowhere.csv: no such file").doesNotContain("it is empty");
    }

    @Test
    void aSearchForALearningRateHasNoLimitOfTime() {
        assertRefused(train("--find-learning-rate", "--time-limit", "5s"), "--time-limit", "leave one of them out");
    }
}
