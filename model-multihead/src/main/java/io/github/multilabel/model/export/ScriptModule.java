package io.github.multilabel.model.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript module with its arrays, and the archive that PyTorch loads: a zip with the module as a pickle, the code
 * of its class, and the values of each array. Names and other texts are attributes and never reach the code.
 */
final class ScriptModule {

    private static final String NAME = "Model";
    private static final String TYPE = "__torch__." + NAME;
    /** The folder of the archive that holds everything. */
    private static final String FOLDER = "model/";
    /** A pickle of an empty tuple. */
    private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};
    /** That equal models are equal files; the earliest that a zip can say. */
    private static final LocalDateTime WRITTEN = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final List<ScriptArray> arrays = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final StringBuilder methods = new StringBuilder();

    /** Keeps an array as a buffer of the module, and returns the expression for it. */
    String array(NDArray array) {
        arrays.add(new ScriptArray(array, arrays.size()));
        return "self." + nameOfArray(arrays.size() - 1);
    }

    /** Keeps arrays, and returns the expression for the list of them. */
    String list(NDList list) {
        return list.stream().map(this::array).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Keeps a text, and returns the expression for it. */
    String text(String text) {
        texts.add(text);
        return "self." + nameOfText(texts.size() - 1);
    }

    private static String nameOfArray(int i) {
        return "a" + i;
    }

    private static String nameOfText(int i) {
        return "t" + i;
    }

    /**
     * Adds the method {@code forward} of a text, as {@link io.github.multilabel.core.torch.TorchFunction} takes it.
     *
     * @param name that it will have here
     * @return what a call of it begins with, up to the bracket
     */
    String method(String name, String text) {
        text.stripIndent()
                .lines()
                .map(line -> line.replace("def forward(self", "def " + name + "(self: " + TYPE))
                .forEach(line -> methods.append("  ").append(line).append('\n'));
        return "(self)." + name;
    }

    /**
     * Writes the archive.
     *
     * @param description kept beside the module as {@code multilabel.json}, where {@code torch.jit.load} finds it
     */
    void write(OutputStream out, String description) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setMethod(ZipOutputStream.STORED);
        put(zip, "data.pkl", object());
        put(zip, "code/__torch__.py", code());
        put(zip, "constants.pkl", NO_CONSTANTS);
        for (ScriptArray array : arrays) {
            put(zip, "data/" + array.key(), array.values());
        }
        put(zip, "extra/multilabel.json", description.getBytes(StandardCharsets.UTF_8));
        put(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
        zip.finish();
    }

    private byte[] object() {
        PickleOutput pickle = new PickleOutput().global("__torch__", NAME).operations(")\u0081}(");
        pickle.text("training").truth(false);
        for (int i = 0; i < texts.size(); i++) {
            pickle.text(nameOfText(i)).text(texts.get(i));
        }
        for (ScriptArray array : arrays) {
            pickle.text(nameOfArray(array.key()));
            array.pickle(pickle);
        }
        return pickle.operations("ub").end();
    }

    private byte[] code() {
        StringBuilder code = new StringBuilder("class " + NAME + "(Module):\n  __parameters__ = []\n");
        code.append(arrays.stream()
                .map(array -> "\"" + nameOfArray(array.key()) + "\", ")
                .collect(Collectors.joining("", "  __buffers__ = [", "]\n")));
        code.append("  training : bool\n");
        for (int i = 0; i < texts.size(); i++) {
            code.append("  ").append(nameOfText(i)).append(" : str\n");
        }
        arrays.forEach(
                array -> code.append("  ").append(nameOfArray(array.key())).append(" : Tensor\n"));
        return code.append(methods).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        put(zip, name, ByteBuffer.wrap(content));
    }

    private static void put(ZipOutputStream zip, String name, ByteBuffer content) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content.duplicate());
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setTimeLocal(WRITTEN);
        entry.setSize(content.remaining());
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        byte[] part = new byte[1 << 16];
        while (content.hasRemaining()) {
            int length = Math.min(part.length, content.remaining());
            content.get(part, 0, length);
            zip.write(part, 0, length);
        }
        zip.closeEntry();
    }
}
