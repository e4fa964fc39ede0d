/**
 * Checkpoints on disk: {@link CheckpointStore} keeps a folder of them, {@link SavedCheckpoint} is one that was found
 * whole.
 *
 * <p>May use: core.internal.files, model.weights; DJL, Gson, SLF4J.
 */
@NullMarked
package io.github.multilabel.training.internal.checkpoint;

import org.jspecify.annotations.NullMarked;
