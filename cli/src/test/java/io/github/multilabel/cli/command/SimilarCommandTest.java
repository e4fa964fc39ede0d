package io.github.multilabel.cli.command;

import static io.github.multilabel.cli.Typed.multilabel;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.testsupport.Ran;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimilarCommandTest {

    private static final int FEATURES = 128;

    @TempDir
    private static Path folder;

    private static Path model;
    private static Path photos;
    private static Path copy;

    @BeforeAll
    static void modelAndImages() throws IOException {
        model = folder.resolve("model");
        HeadSet heads = HeadSet.of(Head.singleLabel("colour", "blue", "green", "red"));
        try (MultiLabelModel random =
                MultiLabelModel.create(Backbones.small(), heads, Preprocessing.imageNet(32), Device.cpu(), 3)) {
            random.save(model);
        }
        Shapes.write(Shapes.draw(5, 1), folder);
        photos = folder.resolve("photos");
        copy = Files.copy(photos.resolve("2.png"), folder.resolve("copy.png"));
    }

    private static JsonObject best(String line) {
        return JsonParser.parseString(line)
                .getAsJsonObject()
                .getAsJsonArray("similar")
                .get(0)
                .getAsJsonObject();
    }

    @Test
    void theMostSimilarImageOfAFolderComesFirst() {
        Ran ran = multilabel("similar", "--model", model, copy, "--among", photos, "--top-k", "2");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out().lines()).hasSize(1);
        JsonObject best = best(ran.out());
        assertThat(best.get("image").getAsString())
                .isEqualTo(photos.resolve("2.png").toString());
        assertThat(best.get("cosine").getAsDouble()).isEqualTo(1);
    }

    @Test
    void anImageIsNotSimilarToItselfHoweverItIsNamed() {
        Path detour = photos.resolve("..").resolve("photos").resolve("2.png");

        Ran ran = multilabel(
                "similar", "--model", model, detour, "--among", folder.resolve("labels.csv"), "--images", photos);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("\"cosine\"").doesNotContain("\"2.png\"");
    }

    @Test
    void aFolderIsSearchedForItsDuplicates() throws IOException {
        Path twice = Files.createDirectories(folder.resolve("twice"));
        Files.copy(copy, twice.resolve("a.png"));
        Files.copy(copy, twice.resolve("b.png"));
        Files.copy(photos.resolve("4.png"), twice.resolve("c.png"));

        Ran ran = multilabel("similar", "--model", model, twice, "--above", "0.999999");

        assertThat(ran.out().lines())
                .extracting(line -> best(line).get("image").getAsString())
                .containsExactly(
                        twice.resolve("b.png").toString(),
                        twice.resolve("a.png").toString());
    }

    @Test
    void whereNothingIsAlikeItSaysWhatToTypeForMore() {
        assertThat(multilabel("similar", "--model", model, photos, "--above", "1")
                        .err())
                .contains("no two of 5 images are alike, with a cosine of at least 1.0; lower --above");
        assertThat(multilabel("similar", "--model", model, copy, "--among", photos.resolve("4.png"), "--above", "1")
                        .err())
                .contains("no image of the 1 in --among is like one of the 1 that are named", "lower --above");
        Ran alone = multilabel("similar", "--model", model, copy);
        assertThat(alone.out()).contains("\"similar\":[]");
        assertThat(alone.err()).contains("none to compare it with: --among names those to look through");
    }

    @Test
    void whatCannotBeReadIsToldAndTheOthersAreCompared() {
        Ran ran = multilabel("similar", "--model", model, copy, folder.resolve("missing.png"), "--among", photos);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out().lines()).hasSize(1);
        assertThat(ran.err()).contains("missing.png: cannot be read");
    }

    @Test
    void embeddingsAreAFileOfNumpyWithARowForEachImage() throws IOException {
        Path file = folder.resolve("embeddings.npy");
        Path missing = folder.resolve("missing.png");
        Ran ran = multilabel("predict", "--model", model, copy, missing, copy, "--embeddings", file);

        assertThat(ran.err()).contains("the embeddings are in " + file);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = bytes.getShort(8);
        assertThat((10 + header) % 64).isZero();
        assertThat(new String(bytes.array(), 10, header, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (3, " + FEATURES + "), }")
                .endsWith("\n");
        float[] values = new float[3 * FEATURES];
        bytes.position(10 + header).asFloatBuffer().get(values);
        assertThat(bytes.remaining()).isEqualTo(values.length * Float.BYTES);
        assertThat(List.of(values[0], values[FEATURES], values[2 * FEATURES]))
                .containsExactly(values[0], Float.NaN, values[0]);
    }

    @Test
    void aFileOfAnotherEndingIsRefused() {
        Ran ran = multilabel("predict", "--model", model, copy, "--embeddings", folder.resolve("e.csv"));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("let its name end in .npy");
    }
}
