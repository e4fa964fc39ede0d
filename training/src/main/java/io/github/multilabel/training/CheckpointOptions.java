package io.github.multilabel.training;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Where and when to save checkpoints.
 *
 * @param folder holds them and nothing else of importance
 * @param every so many steps, beside the end of each epoch
 * @param resume whether to go on from the newest
 */
record CheckpointOptions(Path folder, OptionalInt every, boolean resume) {}
