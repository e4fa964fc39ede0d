package io.github.multilabel.training.internal.loop;

import com.google.gson.JsonObject;
import io.github.multilabel.training.internal.checkpoint.SavedCheckpoint;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How far a training had come when a checkpoint was saved.
 *
 * @param steps that were made
 * @param epochs that were over
 * @param finished whether the training was over
 * @param backbone its name; empty if the checkpoint does not say
 * @param library the version that saved it; empty if the checkpoint does not say
 */
public record CheckpointSummary(long steps, int epochs, boolean finished, String backbone, String library) {

    /**
     * Reads a checkpoint, of which every byte is checked.
     *
     * @param folder of this one checkpoint
     * @throws IOException if it cannot be read, is damaged or is no checkpoint; the message names the file
     */
    public static CheckpointSummary read(Path folder) throws IOException {
        try (SavedCheckpoint checkpoint = SavedCheckpoint.open(folder)) {
            JsonObject saved = checkpoint.description();
            JsonObject settings = saved.getAsJsonObject(CheckpointKeys.SETTINGS);
            return new CheckpointSummary(
                    saved.get(CheckpointKeys.STEP).getAsLong(),
                    saved.getAsJsonArray(CheckpointKeys.HISTORY).size(),
                    saved.get(CheckpointKeys.FINISHED).getAsBoolean(),
                    text(settings, "backbone name"),
                    text(settings, "version of the library"));
        }
    }

    private static String text(JsonObject settings, String key) {
        return settings.has(key) ? settings.get(key).getAsString() : "";
    }
}
