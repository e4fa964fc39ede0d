package io.github.multilabel.training.internal.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.multilabel.model.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A checkpoint on disk whose checksums were found right. */
public final class SavedCheckpoint implements AutoCloseable {

    private final Path path;
    private final JsonObject description;
    private final Safetensors state;

    private SavedCheckpoint(Path path, JsonObject description, Safetensors state) {
        this.path = path;
        this.description = description;
        this.state = state;
    }

    /**
     * Opens a checkpoint and checks every byte of it.
     *
     * @param path its folder
     * @return to be closed by the caller
     * @throws IOException if it cannot be read, is not whole, or is of another format; the message names the file
     */
    public static SavedCheckpoint open(Path path) throws IOException {
        for (String file :
                new String[] {CheckpointFiles.CHECKSUMS, CheckpointFiles.DESCRIPTION, CheckpointFiles.STATE}) {
            if (!Files.isRegularFile(path.resolve(file))) {
                throw new IOException("'" + path + "' is not a whole checkpoint: it has no " + file);
            }
        }
        JsonObject sums = CheckpointFiles.json(path.resolve(CheckpointFiles.CHECKSUMS));
        JsonElement format = sums.get("format");
        if (format == null || !format.toString().equals(Integer.toString(CheckpointFiles.FORMAT))) {
            throw new IOException("'" + path + "' is a checkpoint of format " + format + ", this release reads "
                    + CheckpointFiles.FORMAT);
        }
        CheckpointFiles.requireWhole(path.resolve(CheckpointFiles.DESCRIPTION), sums);
        CheckpointFiles.requireWhole(path.resolve(CheckpointFiles.STATE), sums);
        return new SavedCheckpoint(
                path,
                CheckpointFiles.json(path.resolve(CheckpointFiles.DESCRIPTION)),
                Safetensors.open(path.resolve(CheckpointFiles.STATE)));
    }

    /** Its folder. */
    public Path path() {
        return path;
    }

    /** The content of {@code checkpoint.json}. */
    public JsonObject description() {
        return description;
    }

    /**
     * Reads the tensors whose names start with a prefix.
     *
     * @param manager will own them
     * @return by the rest of their names; empty if there are none
     * @throws IOException if they cannot be read
     */
    public Map<String, NDArray> tensors(NDManager manager, String prefix) throws IOException {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        for (String name : state.tensors().keySet()) {
            if (name.startsWith(prefix)) {
                tensors.put(name.substring(prefix.length()), state.read(manager, name));
            }
        }
        return tensors;
    }

    @Override
    public void close() throws IOException {
        state.close();
    }
}
