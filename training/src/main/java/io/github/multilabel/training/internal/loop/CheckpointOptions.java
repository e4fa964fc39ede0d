package io.github.multilabel.training.internal.loop;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Where and when to save checkpoints.
 *
 * @param folder holds them and nothing else of importance
 * @param every so many steps, beside the end of each epoch
 * @param resume whether to go on from the newest
 * @param overwrite whether they replace those of an earlier training, when this one is over
 */
public record CheckpointOptions(Path folder, OptionalInt every, boolean resume, boolean overwrite) {}
