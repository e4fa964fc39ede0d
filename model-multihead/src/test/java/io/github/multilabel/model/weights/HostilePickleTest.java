package io.github.multilabel.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostilePickleTest {

    @TempDir
    private Path folder;

    /** Runs a program, without its PROTO and STOP. */
    private static Object load(String program) throws IOException {
        byte[] pickle = TorchFiles.pickle(program);
        return Unpickler.load(new PickleInput(new ByteArrayInputStream(pickle), pickle.length), new TorchObjects());
    }

    private static void assertRefused(String program, String... messageParts) {
        assertThatIOException().isThrownBy(() -> load(program)).satisfies(e -> assertThat(e)
                .hasMessageContainingAll(messageParts));
    }

    @ParameterizedTest
    @CsvSource({
        "os, system",
        "posix, system",
        "builtins, eval",
        "__builtin__, eval",
        "builtins, getattr",
        "subprocess, Popen",
        "torch, load",
        "torch.hub, load",
        "torch._utils, _rebuild_sparse_tensor",
        "torch, QInt8Storage",
        "torch.storage, FloatStorage",
        "collections, defaultdict",
        "decimal, Decimal",
        "datetime, datetime",
        "array, array",
        "builtins, bytearray",
        "numpy.core.multiarray, scalar",
        "java.lang, Runtime"
    })
    void aNameOutsideTheListIsRefusedByThatName(String module, String name) {
        String call = TorchFiles.text("touch /tmp/hostile") + "\u0085R";
        assertRefused("c" + module + "\n" + name + "\n" + call, "'" + module + "." + name + "', which is refused");
        assertRefused(
                TorchFiles.text(module) + TorchFiles.text(name) + "\u0093" + call,
                "'" + module + "." + name + "', which is refused");
    }

    @Test
    void theMessageNamesTheFileToo() throws IOException {
        Path path = TorchFiles.archive(folder, "cos\nsystem\n" + TorchFiles.text("true") + "\u0085R", new byte[0]);
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(path))
                .withMessageContainingAll(path.toString(), "'os.system'");
    }

    @Test
    void aLongNameOfManyLinesIsShortenedInTheMessage() {
        assertThatIOException()
                .isThrownBy(() -> load("cevil\u001b[2J\nx" + "y".repeat(100_000) + "\n"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600).doesNotContain("\u001b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X\u00ff\u00ff\u00ff\u007f", // a text of 2 GiB
                "X\u00ff\u00ff\u00ff\u00ff", // of 4 GiB
                "T\u00ff\u00ff\u00ff\u007f",
                "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f", // of 8 EiB
                "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", // of a negative length
                "\u008a\u00ff" // a number of 255 bytes
            })
    void aLengthBeyondTheEndIsRefusedBeforeAnythingIsAllocated(String program) {
        assertRefused(program, "bytes, but only");
    }

    @ParameterizedTest
    @CsvSource({
        "B, 0x42", // BINBYTES
        "i, 0x69", // INST, which calls what it names
        "o, 0x6f", // OBJ, likewise
        "I, 0x49", // INT as text
        "\u008b, 0x8b", // LONG4
        "\u0096, 0x96", // BYTEARRAY8
        "\u0082, 0x82" // EXT1, an entry of a registry
    })
    void anOpcodeThatTorchDoesNotWriteIsRefused(String opcode, String shown) {
        assertRefused(opcode, "the opcode " + shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing to return
                "0", // POP
                "K", // cut short
                "K\u0001(", // a value below a mark
                "K\u0001\u0086", // a pair of one
                "t", // no mark
                "K\u0001K\u0001a", // appended to a number
                "}K\u0001u", // no mark
                "}(K\u0001u", // a key without a value
                "}]K\u0001s", // a list as a key
                "}}K\u0001s",
                "h\u0000", // never stored
                "q\u0000",
                "K\u0001)R", // a number called
                "ctorch\nfloat32\n)R",
                "ctorch\nFloatStorage\n)R",
                "ccollections\nOrderedDict\nK\u0001R", // no tuple of arguments
                "ccollections\nOrderedDict\nK\u0001\u0085R",
                "ccollections\nOrderedDict\n]K\u0001a\u0085R",
                "ctorch._utils\n_rebuild_parameter\n)R",
                "ctorch._utils\n_rebuild_tensor_v2\n)R",
                "ctorch._utils\n_rebuild_tensor_v2\n(NK\u0000))tR",
                "K\u0001Nb", // attributes of a number
                "NQ", // not a storage
                ")Q",
                "\u0080\u0009", // protocol 9
            })
    void nonsenseIsAnErrorThatSaysSo(String program) {
        assertRefused(program, "its pickle");
    }

    @Test
    void sizesThatOverflowAreRefused() {
        String large = "\u008a\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001"; // 2^56
        String size = "(" + large + large + "t";
        assertRefused(TorchFiles.tensor("w", size, size, 4), "more than any file");
        assertRefused(
                TorchFiles.tensor("w", "(K\u0002t", "(\u008a\u0008" + "\u00ff".repeat(8) + "t", 4),
                "stride or offset -1");
        assertRefused(
                TorchFiles.tensor("w", "(K\u0002t", "(\u008a\u0009" + "\u00ff".repeat(8) + "\u0000t", 4), "BigInteger");
        assertRefused(TorchFiles.tensor("w", "(" + "K\u0001".repeat(65) + "t", "(t", 4), "65 dimensions");
        assertRefused(TorchFiles.tensor("w", "(K\u0002t", "(t", 4), "1 sizes and 0 strides");
    }

    @Test
    void deepNestingTakesNoStack() throws IOException {
        int depth = 500_000;
        assertThat(load("]".repeat(depth) + "a".repeat(depth - 1))).isInstanceOf(List.class);
        assertThat(load(")" + "\u0085".repeat(depth))).isInstanceOf(Object[].class);
        // a tuple as a key is never hashed by what it holds
        assertThat(load("}" + ")" + "\u0085".repeat(depth) + "Ns")).isInstanceOf(Map.class);
    }

    @Test
    void whatIsNestedInItselfOrSharedManyTimesIsNeverWalked() throws IOException {
        assertThat(load("]q\u0000h\u0000a")).isInstanceOf(List.class);
        String doubled = ")q\u0000" + "h\u0000h\u0000\u0086q\u0000".repeat(100); // 2^100 leaves
        assertThat(load(doubled)).isInstanceOf(Object[].class);
        Path path = TorchFiles.archive(folder, "}q\u0000" + TorchFiles.text("model") + "h\u0000s", new byte[0]);
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(path))
                .withMessageContaining("no entry of it holds tensors");
    }

    @Test
    void pairsAreNotCopiedAgainAndAgain() throws IOException {
        String pair = "](NNea";
        String program = "]q\u0000" + pair.repeat(3) + "ccollections\nOrderedDict\nh\u0000\u0085R\u0086"
                + "ccollections\nOrderedDict\nh\u0000\u0085R\u0086";
        Object[] outer = (Object[]) load(program);
        assertThat((Map<?, ?>) outer[1]).isEmpty();
        assertThat((Map<?, ?>) ((Object[]) outer[0])[1]).hasSize(1);
    }

    @Test
    void aPairOfAMillionEntriesIsRefusedWhateverItIsAskedFor() {
        String pair = "](" + "N".repeat(1_000_000) + "eq\u0000";
        assertRefused(
                "ccollections\nOrderedDict\n](" + pair + "h\u0000".repeat(1_000_000) + "e\u0085R",
                "a dictionary of pairs, one of which has 1000000 entries in place of 2");
        assertRefused("ccollections\nOrderedDict\n](]e\u0085R", "0 entries in place of 2");
        assertRefused("ccollections\nOrderedDict\n]()e\u0085R", "it has a Object[] where a List belongs");
    }

    /** Each step may compare a key with one of the same hash: those that take long are refused. */
    @Test
    void aNameOfAMegabyteIsNoKey() {
        String rest = "x".repeat(1_000_000);
        String key = "X\u0042\u0042\u000f\u0000"; // a text of 1,000,002 characters
        String program = "}" + key + "Aa" + rest + "Ns" + key + "BB" + rest + "q\u0001Ns" + "h\u0001Ns".repeat(600_000);
        assertRefused(program, "it has a name of 1000002 characters; at most 4096 are read");
        assertRefused(
                "(" + TorchFiles.text("storage") + "ctorch\nFloatStorage\n" + key + "Aa" + rest + TorchFiles.text("cpu")
                        + "K\u0001tQ",
                "it has a name of 1000002 characters");
    }

    @Test
    void theSameDictionaryUnderManyNamesIsWalkedOnce() throws IOException {
        StringBuilder program = new StringBuilder("}(");
        for (int i = 0; i < 200_000; i++) {
            program.append('J').append(fourBytes(i)).append('N');
        }
        program.append("uq\u0000}(");
        for (int i = 0; i < 200_000; i++) {
            program.append("X\u0004\u0000\u0000\u0000")
                    .append(fourBytes(0x20202020 + (i & 63) + ((i >> 6 & 63) << 8) + ((i >> 12 & 63) << 16)))
                    .append("h\u0000");
        }
        Path path = TorchFiles.archive(folder, program + "u", new byte[0]);
        assertThatIOException() // without that, 4 * 10^10 values would be looked at
                .isThrownBy(() -> WeightFile.open(path))
                .withMessageContaining("no entry of it holds tensors");
    }

    private static String fourBytes(int number) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A {@link java.util.zip.ZipFile} compares a name with all of the same hash, one after the other. */
    @Test
    void namesOfOneHashInAnArchiveAreFoundAtOnce() throws IOException {
        int bits = 10;
        int names = 1 << bits;
        Map<String, byte[]> entries = new HashMap<>();
        StringBuilder program = new StringBuilder("}(");
        for (int i = 0; i < names; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < bits; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            entries.put("a/data/" + key, new byte[4]);
            program.append(TorchFiles.text(key.toString()))
                    .append("ctorch._utils\n_rebuild_tensor_v2\n((")
                    .append(TorchFiles.text("storage"))
                    .append("ctorch\nFloatStorage\n")
                    .append(TorchFiles.text(key.toString()))
                    .append(TorchFiles.text("cpu"))
                    .append("K\u0001tQK\u0000(K\u0001t(K\u0001t\u0089}tR");
        }
        entries.put("a/data.pkl", TorchFiles.pickle(program + "u"));
        Path path = TorchFiles.zip(folder, entries);
        try (WeightFile file = WeightFile.open(path)) {
            assertThat(file.tensors()).hasSize(names);
        }
    }

    @Test
    void aProgramWithoutEndIsStopped() {
        assertRefused("N".repeat(1 << 22), "steps, far more than weights need");
    }

    @Test
    void wholeNumbersOfAnyLengthKeepTheirValue() throws IOException {
        assertThat(load("\u008a\u0000")).isEqualTo(0L);
        assertThat(load("\u008a\u0001\u00ff")).isEqualTo(-1L);
        assertThat(load("\u008a\u0002\u00ff\u0000")).isEqualTo(255L);
        assertThat(load("\u008a\u0008" + "\u00ff".repeat(7) + "\u007f")).isEqualTo(Long.MAX_VALUE);
        assertThat(load("\u008a\u0009" + "\u0000".repeat(8) + "\u0001")).isEqualTo(BigInteger.ONE.shiftLeft(64));
        assertThat(load("J\u00ff\u00ff\u00ff\u00ff")).isEqualTo(-1L);
        assertThat(load("M\u00ff\u00ff")).isEqualTo(65535L);
        assertThat(load("G\u003f\u00f8\u0000\u0000\u0000\u0000\u0000\u0000")).isEqualTo(1.5);
    }
}
