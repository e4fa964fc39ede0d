package io.github.multilabel.cli.info;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.cli.Typed;
import io.github.multilabel.testsupport.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoCommandTest {

    @TempDir
    static Path folder;

    private static Path trained;

    @BeforeAll
    static void trainOnce() throws IOException {
        Path cars = SyntheticCars.builder()
                .optTrain(24)
                .optTest(12)
                .optImageSize(48)
                .build()
                .writeTo(folder.resolve("stanford_cars"));
        trained = folder.resolve("trained");
        Ran training = Typed.multilabel(
                "train",
                "--dataset",
                "stanford-cars",
                "--data",
                cars,
                "--image-size",
                "32",
                "--backbone",
                "small",
                "--epochs",
                "2",
                "--output",
                trained);
        assertThat(training.code()).as(training.err()).isZero();
    }

    private static JsonObject json(Object... words) {
        Ran info = Typed.multilabel(Typed.with(new Object[] {"info", "--json"}, words));
        assertThat(info.code()).as(info.err()).isZero();
        return JsonParser.parseString(info.out()).getAsJsonObject();
    }

    private static Ran text(Path path) {
        Ran info = Typed.multilabel("info", path);
        assertThat(info.code()).as(info.err()).isZero();
        return info;
    }

    private static void assertRefused(Path path, String... words) {
        Ran refused = Typed.multilabel("info", path);
        assertThat(refused.code()).as(refused.out()).isIn(1, 2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains(words).doesNotContain("\tat ", "fault of the program");
    }

    private static Path copy(Path from, String name) throws IOException {
        Path to = Files.createDirectories(folder.resolve(name));
        for (String file : new String[] {"model.json", "weights.safetensors"}) {
            Files.copy(from.resolve(file), to.resolve(file));
        }
        return to;
    }

    @Test
    void theMachineHasVersionsTheNativeLibraryAndCaches() {
        JsonObject machine = json();
        assertThat(machine.keySet()).contains("multilabel", "djl", "java", "os", "arch", "processors", "caches");
        JsonObject pytorch = machine.getAsJsonObject("pytorch");
        assertThat(pytorch.keySet()).containsExactly("version", "library", "nativeThreadsByDefault", "devices");
        assertThat(Path.of(pytorch.get("library").getAsString())).isDirectory();
        assertThat(pytorch.get("devices").toString()).contains("\"cpu\"", "float32");
    }

    @Test
    void aModelSaysWhatItAnswersAndWhetherItIsWhole() {
        JsonObject model = json(trained.resolve("model"));
        assertThat(model.get("backbone").getAsString()).isEqualTo("small");
        assertThat(model.getAsJsonArray("heads").get(1).toString())
                .isEqualTo("{\"name\":\"type\",\"kind\":\"one category per image\",\"categories\":5,"
                        + "\"first\":[\"Convertible\",\"Coupe\",\"SUV\",\"Van\",\"Other\"]}");
        assertThat(model.getAsJsonObject("input").get("imageHeight").getAsInt()).isEqualTo(32);
        assertThat(model.get("parameters").getAsLong()).isEqualTo(309_213);
        assertThat(model.get("checksum").getAsString()).isEqualTo("holds");
        assertThat(json(trained.resolve("model").resolve("model.json")).get("heads"))
                .isEqualTo(model.get("heads"));
        assertThat(text(trained.resolve("model")).out())
                .contains(
                        "type, one category per image, 5 categories, first ",
                        "image height:",
                        "parameters:",
                        "309,213");
    }

    @Test
    void aModelWithOtherWeightsDoesNotHold() throws IOException {
        Path other = copy(trained.resolve("model"), "other");
        Path weights = other.resolve("weights.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        Ran info = Typed.multilabel("info", other);
        assertThat(info.code()).isEqualTo(1);
        assertThat(info.out()).contains("checksum:", "does not hold");
    }

    @Test
    void weightsSayForWhichBackboneTheyAre() {
        JsonObject weights = json(trained.resolve("model").resolve("weights.safetensors"));
        assertThat(weights.getAsJsonObject("types").keySet()).containsExactly("F32");
        assertThat(weights.getAsJsonArray("fits")).singleElement().satisfies(fit -> assertThat(
                        fit.getAsJsonObject().get("name").getAsString())
                .isEqualTo("small"));
    }

    @Test
    void aTrainingSaysHowFarItIs() throws IOException {
        JsonObject training = json(trained);
        assertThat(training.get("epochsDone").getAsInt()).isEqualTo(2);
        assertThat(training.get("finished").getAsBoolean()).isTrue();
        assertThat(training.getAsJsonObject("best").keySet()).containsExactly("epoch", "validation_mean_accuracy");
        assertThat(training.getAsJsonObject("metrics").get("mean_accuracy").getAsDouble())
                .isEqualTo(training.getAsJsonObject("best")
                        .get("validation_mean_accuracy")
                        .getAsDouble());
        assertThat(training.getAsJsonObject("options").get("epochs").getAsInt()).isEqualTo(2);
        assertThat(json(trained.resolve("run.json")).get("options")).isEqualTo(training.get("options"));
    }

    @Test
    void checkpointsSayHowFarTheyAre() throws IOException {
        Path checkpoints = trained.resolve("checkpoints");
        JsonObject all = json(checkpoints);
        assertThat(all.getAsJsonArray("saved")).hasSize(2);
        Path newest = checkpoints.resolve("checkpoint-00000002");
        assertThat(newest).isDirectory();
        JsonObject checkpoint = json(newest);
        assertThat(checkpoint.get("epochsDone").getAsInt()).isEqualTo(2);
        assertThat(checkpoint.get("finished").getAsBoolean()).isTrue();
        assertThat(json(newest.resolve("state.safetensors"))).isEqualTo(checkpoint);
    }

    @Test
    void whatIsUnknownOrDamagedIsOneMessage() throws IOException {
        assertRefused(folder.resolve("none"), "none", "no such file");
        assertRefused(Files.createDirectories(folder.resolve("empty")), "neither a saved model", "run.json");
        Path text = Files.writeString(folder.resolve("notes.txt"), "dear diary");
        assertRefused(text, "is not a weight file");
        assertRefused(Files.write(folder.resolve("zero.pth"), new byte[0]), "is empty");
        Path cut = folder.resolve("cut.safetensors");
        byte[] whole = Files.readAllBytes(trained.resolve("model").resolve("weights.safetensors"));
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertRefused(cut, "cut.safetensors");
        Path damaged = copy(trained.resolve("model"), "damaged");
        Files.writeString(damaged.resolve("model.json"), "{\"format\": \"multilabel-model\"");
        assertRefused(damaged, "model.json", "not valid JSON");
        Path without = copy(trained.resolve("model"), "without weights");
        Files.delete(without.resolve("weights.safetensors"));
        assertRefused(without, "it has no file weights.safetensors");
        Path checkpoint = Files.createDirectories(folder.resolve("checkpoint-00000001"));
        Files.writeString(checkpoint.resolve("checkpoint.json"), "{}");
        assertRefused(checkpoint, "is not a whole checkpoint");
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.writeString(run.resolve("run.json"), "{\"format\": \"multilabel-run\", \"formatVersion\": 9}");
        assertRefused(run, "run.json", "use a newer release");
        Files.writeString(run.resolve("run.json"), "{}");
        assertRefused(run, "is not the run.json of a training");
        Files.delete(run.resolve("run.json"));
        Files.writeString(run.resolve("metrics.json"), "{");
        assertRefused(run, "metrics.json' is damaged");
        Files.writeString(run.resolve("metrics.json"), "{\"metrics\": [1]}");
    }

    @Test
    void anEpochThatIsJustBeingWrittenIsNotDone() throws IOException {
        Path run = Files.createDirectories(folder.resolve("running"));
        Files.writeString(run.resolve("metrics.json"), "{}");
        Files.writeString(
                run.resolve("history.csv"),
                "epoch,\"train_make, model_loss\",validation_mean_accuracy\n1,2,0.5\n2,1,\n3,1,0.25\n4,0");

        assertThat(json(run).get("epochsDone").getAsInt()).isEqualTo(3);
        assertThat(json(run).get("best").toString()).isEqualTo("{\"epoch\":\"1\",\"validation_mean_accuracy\":0.5}");
    }
}
