package io.github.multilabel.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

    @TempDir
    private Path folder;

    private NDManager manager;

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    /** A file of a JSON header (in single quotes, for legibility) and some bytes 0, 1, 2, ... */
    private Path file(String header, int dataBytes) throws IOException {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + json.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json);
        for (int i = 0; i < dataBytes; i++) {
            bytes.put((byte) i);
        }
        return Files.write(folder.resolve("weights.safetensors"), bytes.array());
    }

    private static byte[] write(Map<String, NDArray> tensors, Map<String, String> metadata) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Safetensors.write(out, tensors, metadata);
        return out.toByteArray();
    }

    private Path save(Map<String, NDArray> tensors) throws IOException {
        return Files.write(folder.resolve("weights.safetensors"), write(tensors, Map.of()));
    }

    private void assertRefused(Path file, String... messageParts) {
        assertThatIOException()
                .isThrownBy(() -> Safetensors.open(file).close())
                .withMessageContaining(file.toString())
                .satisfies(e -> assertThat(e).hasMessageContainingAll(messageParts));
    }

    @Test
    void readsWhatPythonWrote() throws Exception {
        Path golden =
                Path.of(SafetensorsTest.class.getResource("golden.safetensors").toURI());
        try (Safetensors file = Safetensors.open(golden)) {
            assertThat(file.metadata()).containsEntry("format", "pt").containsEntry("über", "ü");
            assertThat(file.read(manager, "f64").toDoubleArray()).containsExactly(1.5, -2, 0, 0.25, 65504, -0.0625);
            assertThat(file.read(manager, "f32").toFloatArray()).containsExactly(1.5f, -2, 0, 0.25f, 65504, -0.0625f);
            assertThat(file.read(manager, "f32").getShape()).isEqualTo(new Shape(2, 3));
            assertThat(file.read(manager, "f16").getDataType()).isEqualTo(DataType.FLOAT16);
            assertThat(file.read(manager, "f16").toType(DataType.FLOAT32, false).toFloatArray())
                    .containsExactly(1.5f, -2, 0, 0.25f, 65504, -0.0625f);
            assertThat(file.read(manager, "bf16").toFloatArray()).containsExactly(1, -3.140625f, 3.3895314e38f, 0);
            assertThat(file.read(manager, "i64").toLongArray())
                    .containsExactly(0, 1L << 40, -1L << 40, 127L << 40, -128L << 40);
            assertThat(file.read(manager, "i32").toIntArray()).containsExactly(0, 1000, -1000, 127_000, -128_000);
            assertThat(file.read(manager, "i16").toIntArray()).containsExactly(0, 256, -256, 32_512, -32_768);
            assertThat(file.read(manager, "i8").toByteArray()).containsExactly(0, 1, -1, 127, -128);
            assertThat(file.read(manager, "u8").toUint8Array()).containsExactly(0, 1, 255);
            assertThat(file.read(manager, "bool").toBooleanArray()).containsExactly(true, false);
            assertThat(file.read(manager, "scalar").getShape()).isEqualTo(new Shape());
            assertThat(file.read(manager, "scalar").getFloat()).isEqualTo(7);
            assertThat(file.read(manager, "empty").getShape()).isEqualTo(new Shape(0, 3));
        }
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        tensors.put("z", manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3)));
        tensors.put("transposed", tensors.get("z").transpose());
        tensors.put("a \"quoted\" <name> ü", manager.create(new byte[] {1, -1, 3}));
        tensors.put("count", manager.create(1L << 50));
        tensors.put("mask", manager.create(new boolean[] {true, false}));
        tensors.put("none", manager.create(new Shape(2, 0)));
        try (Safetensors file = Safetensors.open(save(tensors))) {
            assertThat(file.tensors().keySet()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
            tensors.forEach(
                    (name, written) -> assertThat(read(file, name)).as(name).isEqualTo(written));
            assertThat(file.read(manager, "z").getName()).isEqualTo("z");
            assertThat(file.metadata()).isEmpty();
        }
    }

    private NDArray read(Safetensors file, String name) {
        try {
            return file.read(manager, name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void arraysStayAsTheyAreWhenTheNextIsReadAndTheFileIsClosed() throws IOException {
        Path path = save(Map.of("a", manager.ones(new Shape(8)), "b", manager.zeros(new Shape(8))));
        NDArray a;
        try (Safetensors file = Safetensors.open(path)) {
            a = file.read(manager, "a");
            file.read(manager, "b");
        }
        Files.delete(path);
        assertThat(a.toFloatArray()).containsOnly(1);
    }

    @Test
    void readingLeavesOneArrayBehind() throws IOException {
        try (Safetensors file = Safetensors.open(save(Map.of("a", manager.ones(new Shape(8)))));
                NDManager reading = manager.newSubManager()) {
            file.read(reading, "a");
            assertThat(reading.getManagedArrays()).hasSize(1);
        }
    }

    @Test
    void equalInputGivesEqualBytesWhateverTheOrderOfTheMap() throws IOException {
        NDArray wide = manager.create(new double[] {1});
        NDArray narrow = manager.create(new byte[] {1, 2, 3});
        Map<String, NDArray> oneOrder = new LinkedHashMap<>();
        oneOrder.put("b", narrow);
        oneOrder.put("a", narrow);
        oneOrder.put("c", wide);
        Map<String, NDArray> another = new LinkedHashMap<>();
        another.put("c", wide);
        another.put("a", narrow);
        another.put("b", narrow);
        assertThat(write(oneOrder, Map.of("k", "v", "l", "w"))).isEqualTo(write(another, Map.of("l", "w", "k", "v")));
    }

    @Test
    void valuesAreAligned() throws IOException {
        for (int length = 1; length < 10; length++) {
            byte[] bytes =
                    write(Map.of("n".repeat(length), manager.create(1d), "x", manager.create((byte) 1)), Map.of());
            assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0) % 8)
                    .as("a name of length " + length)
                    .isZero();
        }
    }

    @Test
    void anArrayWithoutCounterpartIsRefusedBeforeAnythingIsWritten() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Safetensors.write(out, Map.of("words", manager.create("word")), Map.of()))
                .withMessageContaining("STRING")
                .withMessageContaining("FLOAT32");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Safetensors.write(out, Map.of("__metadata__", manager.create(1f)), Map.of()))
                .withMessageContaining("__metadata__");
        assertThat(out.size()).isZero();
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseThatAreNear() throws IOException {
        try (Safetensors file = Safetensors.open(save(Map.of("fc.weight", manager.ones(new Shape(2)))))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> file.read(manager, "fc.weigth"))
                    .withMessageContaining("did you mean 'fc.weight'");
        }
    }

    @Test
    void aHeaderInAnyOrderOfAnyLengthIsAccepted() throws IOException {
        String header = "{'late':{'data_offsets':[2,4],'shape':[2],'dtype':'U8'},"
                + "'early':{'dtype':'U8','shape':[2],'data_offsets':[0,2]}}";
        for (String padding : new String[] {"", " ", "  ", "\n"}) {
            try (Safetensors file = Safetensors.open(file(header + padding, 4))) {
                assertThat(file.read(manager, "late").toUint8Array()).containsExactly(2, 3);
                assertThat(file.read(manager, "early").toUint8Array()).containsExactly(0, 1);
            }
        }
    }

    @Test
    void emptyTensorsAreAcceptedAnywhere() throws IOException {
        String header = "{'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0]},"
                + "'b':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},"
                + "'c':{'dtype':'F32','shape':[3,0,2],'data_offsets':[2,2]}}";
        try (Safetensors file = Safetensors.open(file(header, 2))) {
            assertThat(file.read(manager, "a").getShape()).isEqualTo(new Shape(0));
            assertThat(file.read(manager, "b").toUint8Array()).containsExactly(0, 1);
            assertThat(file.read(manager, "c").getShape()).isEqualTo(new Shape(3, 0, 2));
        }
    }

    @Test
    void aFileWithoutTensorsIsAccepted() throws IOException {
        try (Safetensors file = Safetensors.open(file("{'__metadata__':{'format':'pt'}}", 0))) {
            assertThat(file.tensors()).isEmpty();
            assertThat(file.metadata()).containsExactly(Map.entry("format", "pt"));
        }
        try (Safetensors file = Safetensors.open(file("{}", 0))) {
            assertThat(file.tensors()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'t':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'t':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}}"
                        + "|'t' appears twice",
                "{'__metadata__':{},'__metadata__':{},'t':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}}|appears twice",
                "{'__metadata__':{'a':'1','a':'1'},'t':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}}|'a' appears twice",
                "{'t':{'dtype':'U8','dtype':'U8','shape':[4],'data_offsets':[0,4]}}|'dtype' twice",
                "{'t':{'dtype':'U8','shape':[5],'data_offsets':[0,5]}}|ends at byte 5 of the data, but the file holds only 4",
                "{'t':{'dtype':'U8','shape':[3],'data_offsets':[0,3]}}|1 bytes follow tensor 't'",
                "{}|4 bytes follow the header",
                "{'t':{'dtype':'F32','shape':[4],'data_offsets':[0,4]}}|needs 16 bytes, but its range [0, 4) has 4",
                "{'t':{'dtype':'U8','shape':[4],'data_offsets':[4,0]}}|its range [4, 0)",
                "{'t':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'u':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}}"
                        + "|'u' starts at byte 0 of the data, but tensor 't' ends at 4: they overlap",
                "{'t':{'dtype':'U8','shape':[3],'data_offsets':[0,3]},'u':{'dtype':'U8','shape':[2],'data_offsets':[2,4]}}"
                        + "|'u' starts at byte 2 of the data, but tensor 't' ends at 3: they overlap",
                "{'t':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'u':{'dtype':'U8','shape':[0],'data_offsets':[2,2]}}"
                        + "|'u' starts at byte 2 of the data, but tensor 't' ends at 4: they overlap",
                "{'t':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'u':{'dtype':'U8','shape':[2],'data_offsets':[2,4]}}"
                        + "|'u' starts at byte 2 of the data, but tensor 't' ends at 1: there is a gap",
                "{'u':{'dtype':'U8','shape':[3],'data_offsets':[1,4]}}|'u' starts at byte 1 of the data, but the header",
                "{'t':{'dtype':'F8_E4M3','shape':[4],'data_offsets':[0,4]}}|'t' has the type 'F8_E4M3', which is not one of",
                "{'t':{'dtype':'U8','shape':[-4],'data_offsets':[0,4]}}|'t' shape holds -4",
                "{'t':{'dtype':'U8','shape':[4.0],'data_offsets':[0,4]}}|'t' shape holds 4.0",
                "{'t':{'dtype':'U8','shape':[4e0],'data_offsets':[0,4]}}|'t' shape holds 4e0",
                "{'t':{'dtype':'U8','shape':['4'],'data_offsets':[0,4]}}|'t' shape must be a JSON NUMBER, got STRING",
                "{'t':{'dtype':'U8','shape':4,'data_offsets':[0,4]}}|'t' shape must be a JSON BEGIN_ARRAY",
                "{'t':{'dtype':'U8','shape':[9999999999999999999],'data_offsets':[0,4]}}|holds 9999999999999999999",
                "{'t':{'dtype':'U8','shape':[4294967296,4294967296],'data_offsets':[0,0]}}|more than any file",
                "{'t':{'dtype':'U8','shape':[0,4294967296,4294967296],'data_offsets':[0,0]}}|more than any file",
                "{'t':{'dtype':'F32','shape':[4611686018427387904],'data_offsets':[0,0]}}|more than any file",
                "{'t':{'dtype':'U8','shape':[4],'data_offsets':[0,9223372036854775807]}}|'t' of type U8",
                "{'t':{'dtype':'U8','shape':[4],'data_offsets':[0]}}|'t' needs dtype, shape and two data_offsets",
                "{'t':{'dtype':'U8','shape':[4]}}|'t' needs dtype, shape and two data_offsets",
                "{'t':{'dtype':null,'shape':[4],'data_offsets':[0,4]}}|'t' dtype must be a JSON STRING, got NULL",
                "{'t':{'dtype':'U8','shape':[4],'data_offsets':[0,4],'extra':1}}|'t' has an unknown entry 'extra'",
                "{'t':null}|'t' must be a JSON BEGIN_OBJECT, got NULL",
                "{'__metadata__':{'a':1}}|__metadata__ 'a' must be a JSON STRING, got NUMBER",
                "{'t':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}} {}|not valid JSON at $",
                "{'t':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}|not valid JSON",
                "{'t':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},}|not valid JSON",
                "{t:{'dtype':'U8','shape':[4],'data_offsets':[0,4]}}|not valid JSON",
                "[1,2]|its header must be a JSON BEGIN_OBJECT, got BEGIN_ARRAY",
                "``|not valid JSON",
            })
    void aHeaderThatLiesIsRefused(String header, String message) throws IOException {
        assertRefused(file(header, 4), message);
    }

    @Test
    void aHeaderLongerThanTheFileIsRefusedBeforeItIsRead() throws IOException {
        for (long length : new long[] {9, Integer.MAX_VALUE, Long.MAX_VALUE, -1}) {
            byte[] bytes = ByteBuffer.allocate(16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(length)
                    .array();
            Path file = Files.write(folder.resolve("weights.safetensors"), bytes);
            assertRefused(file, "should have " + Long.toUnsignedString(length) + " bytes, but only 8 follow");
        }
    }

    @Test
    void aFileCutAtAnyByteIsRefused() throws IOException {
        byte[] whole = write(Map.of("a", manager.ones(new Shape(3)), "b", manager.create((byte) 1)), Map.of("k", "v"));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertRefused(Files.write(folder.resolve("cut.safetensors"), cut), "not a valid safetensors file");
        }
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws IOException {
        Path file = file("{'t?':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}}", 4);
        byte[] bytes = Files.readAllBytes(file);
        bytes[11] = (byte) 0xff;
        assertRefused(Files.write(file, bytes), "not UTF-8");
    }

    @Test
    void deepNestingIsAnErrorAndNoStackOverflow() throws IOException {
        assertRefused(file("{'t':" + "[".repeat(100_000), 0), "'t' must be a JSON BEGIN_OBJECT");
    }

    @Test
    void aMissingFileAndAFolderAreNamed() {
        assertRefused(folder.resolve("absent.safetensors"), "no such file");
        assertRefused(folder, "is not a file");
    }
}
