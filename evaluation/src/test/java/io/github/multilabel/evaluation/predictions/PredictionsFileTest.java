package io.github.multilabel.evaluation.predictions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.model.weights.Safetensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions are the same after they were written and read. */
class PredictionsFileTest {

    private static final HeadSet HEADS = HeadSet.of(
                    Head.singleLabel("model", "A4", "X5", "Z4"),
                    Head.singleLabel("brand", "Audi", "BMW"),
                    Head.multiLabel("tags", "night", "rain", "snow"))
            .withParent("model", "brand", Map.of("A4", "Audi", "X5", "BMW", "Z4", "BMW"));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("predictions.safetensors");
    }

    private static Predictions of(int images) {
        Random random = new Random(7);
        Predictions.Builder builder = Predictions.builder(HEADS);
        for (int i = 0; i < images; i++) {
            Labels.Builder labels = Labels.builder(HEADS)
                    .setIndex("model", random.nextInt(4) - 1)
                    .setIndex("brand", random.nextInt(3) - 1);
            if (random.nextBoolean()) {
                labels.set("tags", random.nextBoolean() ? List.of("rain", "snow") : List.of());
            }
            builder.add(
                    "Größe \uD83D\uDE97 #" + i + ".jpg",
                    labels.build(),
                    row(random, 3),
                    row(random, 2),
                    row(random, 3));
        }
        return builder.build();
    }

    private static float[] row(Random random, int size) {
        float[] logits = new float[size];
        for (int k = 0; k < size; k++) {
            logits[k] = (float) random.nextGaussian();
        }
        return logits;
    }

    private static void assertSame(Predictions read, Predictions written) {
        assertThat(read.size()).isEqualTo(written.size());
        assertThat(read.heads()).isEqualTo(written.heads());
        for (int i = 0; i < written.size(); i++) {
            assertThat(read.source(i)).isEqualTo(written.source(i));
            assertThat(read.labels(i)).hasToString(written.labels(i).toString());
            for (PredictedHead head : written.all()) {
                for (int k = 0; k < head.head().size(); k++) {
                    assertThat(read.head(head.head().name()).logit(i, k)).isEqualTo(head.logit(i, k));
                }
            }
        }
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        Predictions written = of(3_000);
        written.write(file);

        Predictions read = Predictions.read(file);

        assertSame(read, written);
        assertThat(read.hasGroups()).isFalse();
    }

    @Test
    void groupsAreKept() throws IOException {
        Predictions written = of(30).withGroups(
                        IntStream.range(0, 30).mapToObj(i -> "car " + i / 2).toList());
        written.write(file);

        assertThat(Predictions.read(file).group(29)).isEqualTo("car 14");
    }

    @Test
    void noImageCanBeWrittenAndReadToo() throws IOException {
        of(0).write(file);

        assertThat(Predictions.read(file).size()).isZero();
    }

    @Test
    void whatIsReadCanBeWrittenOnceMoreToTheSameBytes() throws IOException {
        of(50).write(file);
        Path copy = folder.resolve("copy.safetensors");

        Predictions.read(file).write(copy);

        assertThat(copy).hasSameBinaryContentAs(file);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Predictions.read(file)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void weightsAreNoPredictions() throws IOException {
        try (var out = Files.newOutputStream(file)) {
            Safetensors.write(out, Map.of(), Map.of("format", "pt"));
        }

        assertThatIOException()
                .isThrownBy(() -> Predictions.read(file))
                .withMessage("'" + file + "' has no predictions that can be read: its format is 'pt', not"
                        + " 'multilabel-predictions'");
    }

    @Test
    void aLaterFormatIsRefused() throws IOException {
        of(3).write(file);
        replace("\"formatVersion\":\"1\"", "\"formatVersion\":\"2\"");

        assertThatIOException()
                .isThrownBy(() -> Predictions.read(file))
                .withMessageContaining("its format version is '2', this release reads only 1");
    }

    @Test
    void aDamagedFileIsReadOrRefusedAndNeverGivesALabelThatThereIsNot() throws IOException {
        of(40).write(file);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(3);
        for (int trial = 0; trial < Math.max(50, Integer.getInteger("hostile.trials", 50)); trial++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);
            Predictions read;
            try {
                read = Predictions.read(file);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("predictions.safetensors");
                continue;
            }
            for (int i = 0; i < read.size(); i++) {
                assertThat(read.labels(i).heads()).isEqualTo(read.heads());
                assertThat(read.source(i)).isNotNull();
            }
        }
    }

    @Test
    void aFileThatWasCutShortIsRefused() throws IOException {
        of(40).write(file);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));

        assertThatIOException().isThrownBy(() -> Predictions.read(file)).withMessageContaining("cut short");
    }

    private void replace(String old, String with) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, with), StandardCharsets.ISO_8859_1);
    }
}
