package io.github.multilabel.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.cli.Typed;
import io.github.multilabel.core.internal.files.Digest;
import io.github.multilabel.testsupport.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that is repeated from the file that it left, or from one that was written by hand. */
class RepeatedTrainingTest {

    @TempDir
    static Path folder;

    private static Path cars;
    private static Path first;

    @BeforeAll
    static void trainOnce() throws IOException {
        cars = SyntheticCars.builder()
                .optTrain(48)
                .optTest(16)
                .optImageSize(48)
                .build()
                .writeTo(folder.resolve("stanford cars, small"));
        first = folder.resolve("first");
        Ran training = Typed.multilabel(
                "train",
                "--dataset",
                "stanford-cars",
                "--data",
                cars,
                "--backbone",
                "small",
                "--image-size",
                "32",
                "--epochs",
                "1",
                "--seed",
                "5",
                "--loss",
                "brand=focal",
                "--loss-weight",
                "type=0.5",
                "--mixup",
                "0.2",
                "--device",
                "cpu",
                "--output",
                first);
        assertThat(training.code()).as(training.err()).isZero();
    }

    private static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    private static String weights(Path output) throws IOException {
        return Digest.sha256(Files.readAllBytes(output.resolve("model").resolve("weights.safetensors")));
    }

    private static void assertSameNumbers(Path output) throws IOException {
        assertThat(output.resolve("metrics.json")).hasSameTextualContentAs(first.resolve("metrics.json"));
        assertThat(weights(output)).isEqualTo(weights(first));
    }

    @Test
    void runJsonSaysWhatTheTrainingWas() throws IOException {
        JsonObject run = json(first.resolve("run.json"));

        assertThat(run.keySet())
                .containsExactly(
                        "format",
                        "formatVersion",
                        "command",
                        "arguments",
                        "options",
                        "data",
                        "versions",
                        "machine",
                        "started");
        assertThat(run.getAsJsonArray("arguments").toString()).startsWith("[\"train\",\"--dataset\",\"stanford-cars\"");
        JsonObject options = run.getAsJsonObject("options");
        assertThat(options.get("seed").getAsInt()).isEqualTo(5);
        assertThat(options.get("head").toString())
                .as("a default that depends on the data")
                .isEqualTo("[\"brand\",\"type\",\"year\"]");
        assertThat(Stream.of("optimizer", "learning-rate", "schedule", "crop-mode", "augmentation", "weights", "limit")
                        .map(name -> name + " " + options.get(name)))
                .containsExactly(
                        "optimizer \"adamw\"",
                        "learning-rate 0.001",
                        "schedule \"cosine\"",
                        "crop-mode \"squash\"",
                        "augmentation \"light\"",
                        "weights \"none\"",
                        "limit null");
        assertThat(run.getAsJsonObject("data")
                        .getAsJsonObject("training")
                        .get("images")
                        .getAsInt())
                .isEqualTo(48);
        assertThat(run.getAsJsonObject("machine").keySet()).contains("os", "nativeThreads", "device", "precision");
        assertThat(run.getAsJsonObject("versions").keySet()).containsExactly("multilabel", "djl", "pytorch", "java");
    }

    @Test
    void runJsonFedBackGivesTheSameNumbers() throws IOException {
        Path again = folder.resolve("again");
        Ran repeated = Typed.multilabel("train", "--config", first.resolve("run.json"), "--output", again);

        assertThat(repeated.code()).as(repeated.err()).isZero();
        assertThat(repeated.err()).doesNotContain("numbers will differ");
        assertSameNumbers(again);
        assertThat(json(again.resolve("run.json")).get("options"))
                .as("but for what was typed")
                .isNotEqualTo(json(first.resolve("run.json")).get("options"))
                .satisfies(options -> assertThat(withoutTyped(options.getAsJsonObject()))
                        .isEqualTo(withoutTyped(json(first.resolve("run.json")).getAsJsonObject("options"))));
    }

    private static JsonObject withoutTyped(JsonObject options) {
        options.remove("output");
        options.remove("config");
        return options;
    }

    @Test
    void aFileWrittenByHandGivesTheSameNumbers() throws IOException {
        Path settings = Files.writeString(
                folder.resolve("settings.yaml"),
                """
                dataset: stanford-cars
                data: "%s"
                backbone: small
                image-size: 32
                epochs: 9       # what is typed wins
                seed: 5
                loss: {brand: focal}
                loss-weight: {type: 0.5}
                mixup: 0.2
                device: cpu
                """
                        .formatted(cars.toString().replace("\\", "\\\\")));
        Path again = folder.resolve("by hand");
        Ran repeated = Typed.multilabel("train", "--epochs", "1", "--config=" + settings, "--output", again);

        assertThat(repeated.code()).as(repeated.err()).isZero();
        assertSameNumbers(again);
    }

    @Test
    void aFileWinsOverTheDefaultsOfAMain() throws IOException {
        Path settings = Files.writeString(
                folder.resolve("main.yaml"), "data: '" + cars + "'\nepochs: 1\noutput: '" + first + "'\n");
        Ran refused = Typed.underDefaults(
                List.of("train", "--dataset=stanford-cars", "--output=build/cars"), "--config", settings);

        assertThat(refused.err()).contains("'" + first + "' holds a finished training");
    }

    @Test
    void withoutAnotherOutputTheFinishedTrainingIsLeftAlone() throws IOException {
        String before = weights(first);
        Ran refused = Typed.multilabel("train", "--config", first.resolve("run.json"));

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("'" + first + "' holds a finished training", "--resume", "--overwrite", "another --output");
        assertThat(weights(first)).isEqualTo(before);
    }

    @Test
    void oneWarningSaysHowTheImagesDiffer() throws IOException {
        Path fewer = folder.resolve("fewer");
        Ran repeated = Typed.multilabel(
                "train", "--config", first.resolve("run.json"), "--output", fewer, "--limit", "40", "--epochs", "1");

        assertThat(repeated.code()).as(repeated.err()).isZero();
        assertThat(repeated.err().lines().filter(line -> line.contains("numbers will differ")))
                .singleElement()
                .asString()
                .contains("the images are not those of the run.json", "40 training images in place of 48")
                .doesNotContain("validation");
    }

    @Test
    void whatIsWrongWithAFileIsOneMessage() throws IOException {
        Path settings = Files.writeString(folder.resolve("wrong.yaml"), "dataset: stanford-cars\nepoch: 3\n");
        Ran refused = Typed.multilabel("train", "--config", settings);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("'" + settings + "', line 2: 'epoch'", "did you mean 'epochs'?")
                .doesNotContain("\tat ");
        Ran missing = Typed.multilabel("train", "--config", folder.resolve("none.yaml"));
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("none.yaml", "no such file").doesNotContain("\tat ");
    }
}
