package io.github.multilabel.core.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes of files; that programs read them is tested in the module {@code onnx}. */
class OnnxGraphTest {

    private static String hex(Message message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        return HexFormat.of().formatHex(out.toByteArray());
    }

    private static byte[] written(OnnxGraph graph) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        graph.write(out, "multilabel", "0.1.0", Map.of("key", "value"));
        return out.toByteArray();
    }

    /** The examples of protobuf's documentation, and a negative number of ten bytes. */
    @Test
    void numbersTextsAndMessagesAreEncodedAsProtobufDoes() throws IOException {
        assertThat(hex(new Message().add(1, 150))).isEqualTo("089601");
        assertThat(hex(new Message().add(2, "testing"))).isEqualTo("120774657374696e67");
        assertThat(hex(new Message().add(3, new Message().add(1, 150)))).isEqualTo("1a03089601");
        assertThat(hex(new Message().add(1, -1))).isEqualTo("08" + "ff".repeat(9) + "01");
        assertThat(hex(new Message().add(2, 1.5f))).isEqualTo("150000c03f");
        assertThat(hex(new Message().add(20, 7))).isEqualTo("a00107");
    }

    /** Written out by hand after onnx.proto. */
    @Test
    void aGraphOfOneOperationIsTheseBytes() throws IOException {
        OnnxGraph graph = new OnnxGraph("g");
        graph.input("x", OnnxType.FLOAT32, "N", 2);
        graph.within("a");
        graph.output("y", graph.node("Add", List.of("x", graph.scalar(1))), "N", 2);

        String node = "0a01" + text("x") + "0a0b" + text("/constant_0") + "1208" + text("/a/Add_0") + "1a08"
                + text("/a/Add_0") + "2203" + text("Add");
        String identity = "0a08" + text("/a/Add_0") + "1201" + text("y") + "1a0a" + text("/outputs/y") + "2208"
                + text("Identity");
        String constant = "1001" + "420b" + text("/constant_0") + "4a04" + "0000803f";
        String type = "120f" + "0a0d" + "0801" + "1209" + "0a03" + "1201" + text("N") + "0a02" + "0802";
        String content = field("0a", node) + field("0a", identity) + "1201" + text("g") + field("2a", constant)
                + field("5a", "0a01" + text("x") + type) + field("62", "0a01" + text("y") + type);
        String model =
                "0808" + field("42", "0a00" + "1011") + field("12", text("multilabel")) + field("1a", text("0.1.0"))
                        + field("72", field("0a", text("key")) + field("12", text("value"))) + field("3a", content);

        assertThat(HexFormat.of().formatHex(written(graph))).isEqualTo(model);
    }

    private static String text(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a length of up to 16,383 bytes. */
    private static String field(String tag, String content) {
        int length = content.length() / 2;
        HexFormat hex = HexFormat.of();
        String varint = length < 128
                ? hex.toHexDigits((byte) length)
                : hex.toHexDigits((byte) ((length & 127) | 128)) + hex.toHexDigits((byte) (length >> 7));
        return tag + varint + content;
    }

    @Test
    void equalConstantsStandInTheFileOnce() {
        OnnxGraph graph = new OnnxGraph("g");
        assertThat(graph.scalar(1)).isEqualTo(graph.scalar(1)).isNotEqualTo(graph.scalar(2));
        assertThat(graph.longs(1)).isNotEqualTo(graph.position(1)).isNotEqualTo(graph.floats(new float[] {1}, 1));
    }

    @Test
    void weightsAreWrittenLittleEndianRowByRow() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            OnnxWeights weights = new OnnxWeights();
            assertThat(weights.add("w", "p[0]")).isEqualTo("w");
            OnnxGraph graph = new OnnxGraph("g");
            weights.addTo(graph, new NDList(manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2))));

            assertThat(HexFormat.of().formatHex(written(graph)))
                    .contains("0802" + "0802" + "1001" + "4201" + text("w") + "4a10" + "0000803f" + "00000040"
                            + "00004040" + "00008040");
        }
    }

    @Test
    void twoWeightsOfANameAndOtherTypesAreRefused() {
        OnnxWeights weights = new OnnxWeights();
        weights.add("w", "p[0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> weights.add("w", "p[1]"))
                .withMessageContaining("'w'");
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray bytes = manager.zeros(new Shape(2), DataType.UINT8);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OnnxGraph("g").weight("w", bytes))
                    .withMessageContaining("uint8");
        }
    }

    @Test
    void aFileOfTwoGibibytesIsRefusedBeforeAnythingIsWritten() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray large = manager.zeros(new Shape(1 << 24));
            OnnxGraph graph = new OnnxGraph("g");
            for (int i = 0; i < 32; i++) {
                graph.weight("w" + i, large);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> graph.write(out, "multilabel", "0.1.0", Map.of()))
                    .withMessageContainingAll("2147484", "less than 2 GiB");
            assertThat(out.size()).isZero();
        }
    }
}
