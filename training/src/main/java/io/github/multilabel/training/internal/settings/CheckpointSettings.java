package io.github.multilabel.training.internal.settings;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Where and when to save checkpoints.
 *
 * @param folder holds them and nothing else of importance
 * @param interval a checkpoint is saved after so many steps, beside the end of each epoch
 * @param resume whether to go on from the newest
 * @param overwrite whether they replace those of an earlier training, when this one is over
 */
public record CheckpointSettings(Path folder, OptionalInt interval, boolean resume, boolean overwrite) {

    Fingerprint fingerprint() {
        return Fingerprint.nothing()
                .harmless(
                        "checkpoint interval",
                        interval.isPresent() ? interval.getAsInt() + " steps" : "the end of each epoch",
                        "CheckpointOptions.everySteps")
                .irrelevant("folder", "resume", "overwrite");
    }
}
