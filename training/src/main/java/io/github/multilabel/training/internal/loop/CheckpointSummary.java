package io.github.multilabel.training.internal.loop;

import io.github.multilabel.core.internal.files.JsonFields;
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
            JsonFields saved = new JsonFields("", checkpoint.description());
            JsonFields settings = saved.object(CheckpointKeys.SETTINGS);
            return new CheckpointSummary(
                    (long) saved.number(CheckpointKeys.STEP),
                    saved.objects(CheckpointKeys.HISTORY).size(),
                    saved.truth(CheckpointKeys.FINISHED),
                    text(settings, "backbone name"),
                    text(settings, "version of the library"));
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + folder + "' is damaged: its checkpoint.json: " + e.getMessage(), e);
        }
    }

    private static String text(JsonFields settings, String key) {
        return settings.has(key) ? settings.text(key) : "";
    }
}
