package io.github.multilabel.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.cli.Typed;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.testsupport.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"), Head.singleLabel("never labelled", "yes", "no"));

    @TempDir
    private Path folder;

    private Path before;
    private Path after;

    @BeforeEach
    void writePredictions() throws IOException {
        before = folder.resolve("before");
        after = folder.resolve("after");
        predictions(90).write(before.resolve("predictions.safetensors"));
        predictions(70).write(after.resolve("predictions.safetensors"));
    }

    private static Predictions predictions(int right) {
        Predictions.Builder builder = Predictions.builder(HEADS);
        for (int i = 0; i < 100; i++) {
            String label = i % 2 == 0 ? "Audi" : "BMW";
            float audi = (i % 2 == 0) == i < right ? 1 : -1;
            builder.add(
                    i + ".jpg", Labels.builder(HEADS).set("brand", label).build(), new float[] {audi, 0}, new float[2]);
        }
        return builder.build();
    }

    private static void assertRefused(Ran refused, String... words) {
        assertThat(refused.code()).as(refused.err()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains(words).doesNotContain("\tat ", "fault of the program");
    }

    @Test
    void aTableSaysWhatDiffersAndWhetherItCanBeTold() {
        Ran compared = Typed.multilabel("compare", before, after);
        assertThat(compared.code()).as(compared.err()).isZero();
        assertThat(compared.err()).isEmpty();
        assertThat(compared.out())
                .contains(
                        "100 images compared; only A has 0, only B 0",
                        "1,000 resamples of the 100 images",
                        "brand, 100 images labelled: A alone is right for 20 images, B alone for 0: p = 1.9e-06")
                .containsPattern("brand_accuracy +0\\.900 +0\\.700 +-0\\.200 +\\[-0\\.\\d+, -0\\.1\\d+] +B is worse");
    }

    @Test
    void aConditionThatHoldsEndsWithOne() {
        Ran failed = Typed.multilabel(
                "compare",
                before,
                after,
                "--fail-if",
                "brand.accuracy < -0.01",
                "--fail-if",
                "brand[Audi].recall > 0",
                "--fail-if=brand.accuracy significantly < -0.05");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).contains("B is worse");
        assertThat(failed.err().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "--fail-if brand.accuracy < -0.01 holds: 0.900 in A, 0.700 in B, B - A is -0.200 ["))
                .anySatisfy(
                        line -> assertThat(line).startsWith("--fail-if brand.accuracy significantly < -0.05 holds"));
        assertThat(Typed.multilabel("compare", after, before, "--fail-if", "brand.accuracy < -0.01")
                        .code())
                .isZero();
    }

    @Test
    void aDifferenceThatIsUndefinedIsNoSuccess() {
        Ran failed = Typed.multilabel("compare", before, after, "--fail-if", "never labelled.accuracy < 0");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("never labelled.accuracy < 0 is undefined: n/a in A");
    }

    @Test
    void jsonIsPrintedOrWritten() throws IOException {
        Path json = folder.resolve("made").resolve("comparison.json");
        Ran written = Typed.multilabel(
                "compare", before, after, "--json", json, "--seed", 7, "--resamples", 50, "--fail-if", "loss < 0");
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(written.out()).contains("brand_accuracy");
        JsonObject read = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
        assertThat(read.getAsJsonObject("bootstrap"))
                .hasToString("{\"seed\":7,\"resamples\":50,\"level\":0.95,\"draws\":\"images\",\"of\":100}");
        assertThat(read.getAsJsonObject("heads")
                        .getAsJsonObject("brand")
                        .getAsJsonObject("categories")
                        .getAsJsonObject("BMW")
                        .getAsJsonObject("found")
                        .get("onlyA")
                        .getAsInt())
                .isEqualTo(10);
        assertThat(read.getAsJsonArray("conditions")).hasSize(1);
        assertRefused(Typed.multilabel("compare", before, after, "--json", json), "is there already", "--overwrite");
        Ran printed = Typed.multilabel(
                "compare", before, after, "--json", "-", "--seed", 7, "--resamples", 50, "--fail-if", "loss < 0");
        assertThat(printed.out()).isEqualToIgnoringNewLines(Files.readString(json));
    }

    @Test
    void theFilesThatAreReadAreNotWritten() {
        Path kept = before.resolve("predictions.safetensors");
        assertRefused(
                Typed.multilabel("compare", before, after, "--json", kept, "--overwrite"),
                "is one of the files that are read");
    }

    @Test
    void theFilesThemselvesCanBeNamed() {
        Path kept = before.resolve("predictions.safetensors");
        Ran compared = Typed.multilabel("compare", kept, before);
        assertThat(compared.code()).as(compared.err()).isZero();
        assertThat(compared.out()).doesNotContain("better", "worse");
    }

    @Test
    void someHeadsAreComparedWhereAnotherHasChanged() throws IOException {
        HeadSet more = HeadSet.of(
                Head.singleLabel("brand", "Audi", "BMW"), Head.singleLabel("never labelled", "yes", "perhaps"));
        Path changed = folder.resolve("changed.safetensors");
        Predictions.builder(more)
                .add("1.jpg", Labels.missing(more), new float[2], new float[2])
                .build()
                .write(changed);
        assertRefused(
                Typed.multilabel("compare", before, changed),
                "head 'never labelled' has other categories in A than in B",
                "only in A [no], only in B [perhaps]");
        Ran compared = Typed.multilabel("compare", before, changed, "--head", "brand");
        assertThat(compared.code()).as(compared.err()).isZero();
        assertThat(compared.out()).startsWith("A: " + before).contains("1 image compared; only A has 99, only B 0");
        assertRefused(Typed.multilabel("compare", before, after, "--head", "brnd"), "did you mean 'brand'");
    }

    @Test
    void whatCannotBeComparedEndsWithTwoAndSaysWhy() throws IOException {
        assertRefused(Typed.multilabel("compare", before), "Missing required parameter", "B");
        assertRefused(Typed.multilabel("compare", folder, after), "has no predictions.safetensors", "evaluate");
        assertRefused(Typed.multilabel("compare", before, folder.resolve("nowhere")), "nowhere");
        Path damaged = Files.writeString(folder.resolve("damaged.safetensors"), "no tensors");
        assertRefused(Typed.multilabel("compare", before, damaged), "damaged.safetensors");
        Path others = folder.resolve("others.safetensors");
        Predictions.builder(HEADS).build().write(others);
        assertRefused(Typed.multilabel("compare", before, others), "no image in common");
        assertRefused(
                Typed.multilabel("compare", before, after, "--fail-if", "brand.acuracy < 0"),
                "--fail-if brand.acuracy < 0",
                "did you mean 'brand_accuracy'");
        assertRefused(
                Typed.multilabel("compare", before, after, "--fail-if", "brand.accuracy"),
                "--fail-if brand.accuracy",
                "is no condition");
        assertRefused(Typed.multilabel("compare", before, after, "--resamples", 1), "--resamples 1", "at least 2");
    }
}
