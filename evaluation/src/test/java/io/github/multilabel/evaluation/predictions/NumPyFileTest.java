package io.github.multilabel.evaluation.predictions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions become arrays of NumPy, which {@code numpy.load} of NumPy 2.4 was seen to read. */
class NumPyFileTest {

    private static final int START = 10;

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"), Head.multiLabel("tags", "n\u00e4ht", "rain", "snow"));

    @TempDir
    Path folder;

    /** An array, as the format has it: the text that describes it, and its values. */
    private record Array(String header, ByteBuffer values) {}

    private static Array array(ZipFile zip, String name) throws IOException {
        try (var in = zip.getInputStream(zip.getEntry(name + ".npy"))) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            int length = bytes.getShort(START - Short.BYTES);
            assertThat(new byte[] {bytes.get(0), bytes.get(5), bytes.get(6), bytes.get(7)})
                    .as("magic and version 1.0")
                    .containsExactly(0x93, 'Y', 1, 0);
            assertThat((START + length) % 64).as("where values start").isZero();
            String header = new String(bytes.array(), START, length, StandardCharsets.US_ASCII);
            assertThat(header).endsWith("\n");
            return new Array(
                    header.strip(), bytes.position(START + length).slice().order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    @Test
    void headsAreArraysOfLogitsLabelsAndCategories() throws IOException {
        Path file = folder.resolve("predictions.npz");
        Predictions.builder(HEADS)
                .add("a.jpg", Labels.missing(HEADS), new float[] {1, -2}, new float[] {0.5f, 0, 3})
                .add(
                        "\uD83D\uDE97",
                        Labels.builder(HEADS)
                                .set("brand", "BMW")
                                .set("tags", List.of("snow"))
                                .build(),
                        new float[] {4, 8},
                        new float[] {-1, -2, -3})
                .build()
                .writeNumPy(file);

        try (ZipFile zip = new ZipFile(file.toFile())) {
            Array logits = array(zip, "brand.logits");
            assertThat(logits.header()).isEqualTo("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }");
            assertThat(new float[] {
                        logits.values().getFloat(), logits.values().getFloat(),
                        logits.values().getFloat(), logits.values().getFloat()
                    })
                    .containsExactly(1, -2, 4, 8);
            Array brands = array(zip, "brand.labels");
            assertThat(brands.header()).contains("'<i4'").contains("(2,)");
            assertThat(new int[] {brands.values().getInt(), brands.values().getInt()})
                    .containsExactly(-1, 1);
            Array tags = array(zip, "tags.labels");
            assertThat(tags.header()).contains("'|i1'").contains("(2, 3)");
            byte[] values = new byte[6];
            tags.values().get(values);
            assertThat(values).containsExactly(-1, -1, -1, 0, 0, 1);
            assertThat(array(zip, "tags.categories").header()).contains("'<U4'").contains("(3,)");
            Array sources = array(zip, "sources");
            assertThat(sources.header()).contains("'<U5'");
            assertThat(sources.values().getInt(5 * Integer.BYTES)).isEqualTo(0x1F697);
            assertThat(zip.getEntry("groups.npy"))
                    .as("groups, which are not known")
                    .isNull();
        }
    }
}
