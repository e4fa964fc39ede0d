package io.github.multilabel.training.internal.checkpoint;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.StrictJson;
import io.github.multilabel.model.weights.Safetensors;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * The files of one checkpoint: {@code checkpoint.json}, {@code state.safetensors}, and {@code checksums.json}, which
 * comes last and has the length and the CRC-32C of the two.
 */
final class CheckpointFiles {

    static final int FORMAT = 1;
    static final String DESCRIPTION = "checkpoint.json";
    static final String STATE = "state.safetensors";
    static final String CHECKSUMS = "checksums.json";

    private static final String BYTES = "bytes";
    private static final String CRC = "crc32c";
    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private CheckpointFiles() {}

    static void write(
            Path folder, JsonObject description, Map<String, NDArray> tensors, UnaryOperator<OutputStream> disk)
            throws IOException {
        JsonObject sums = new JsonObject();
        sums.addProperty("format", FORMAT);
        sums.add(STATE, file(folder.resolve(STATE), disk, out -> Safetensors.write(out, tensors, Map.of())));
        sums.add(DESCRIPTION, file(folder.resolve(DESCRIPTION), disk, out -> write(out, description, "")));
        file(folder.resolve(CHECKSUMS), disk, out -> write(out, sums, " "));
    }

    /** Writes a file; returns its length and checksum. */
    private static JsonObject file(Path file, UnaryOperator<OutputStream> disk, AtomicOutput.Content content)
            throws IOException {
        CRC32C crc = new CRC32C();
        AtomicOutput.file(file, out -> {
            OutputStream checked = new CheckedOutputStream(disk.apply(out), crc);
            content.writeTo(checked);
            checked.flush();
        });
        JsonObject sum = new JsonObject();
        sum.addProperty(BYTES, Files.size(file));
        sum.addProperty(CRC, Long.toHexString(crc.getValue()));
        return sum;
    }

    /** @param indent empty for one line: nobody reads the numbers of a long history one by one */
    private static void write(OutputStream out, JsonObject json, String indent) throws IOException {
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        JsonWriter writer = new JsonWriter(text); // refuses NaN
        writer.setIndent(indent);
        GSON.getAdapter(JsonElement.class).write(writer, json);
        text.write("\n");
        text.flush();
    }

    /**
     * Reads a JSON file strictly.
     *
     * @throws IOException naming the file
     */
    static JsonObject json(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        try {
            return StrictJson.object(text);
        } catch (IOException e) {
            throw new IOException("'" + file + "' is damaged: " + e.getMessage(), e);
        }
    }

    /**
     * Compares length and checksum of a file with what was written down.
     *
     * @throws IOException naming the file, if they differ
     */
    static void requireWhole(Path file, JsonObject sums) throws IOException {
        JsonElement sum = sums.get(file.getFileName().toString());
        if (sum == null || !sum.isJsonObject() || !sum.getAsJsonObject().has(CRC)) {
            throw new IOException(
                    "'" + file.resolveSibling(CHECKSUMS) + "' is damaged: it has no entry for " + file.getFileName());
        }
        long bytes = sum.getAsJsonObject().get(BYTES).getAsLong();
        if (Files.size(file) != bytes) {
            throw new IOException(
                    "'" + file + "' is damaged: it has " + Files.size(file) + " bytes, " + bytes + " were written");
        }
        String crc = crc(file);
        if (!crc.equals(sum.getAsJsonObject().get(CRC).getAsString())) {
            throw new IOException("'" + file + "' is damaged: its checksum is " + crc + ", that of what was written "
                    + sum.getAsJsonObject().get(CRC).getAsString());
        }
    }

    private static String crc(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
            }
        }
        return Long.toHexString(crc.getValue());
    }
}
