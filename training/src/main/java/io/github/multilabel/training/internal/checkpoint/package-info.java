/**
 * Checkpoints on disk: {@link io.github.multilabel.training.checkpoint.CheckpointStore} keeps a folder of them,
 * {@link io.github.multilabel.training.checkpoint.SavedCheckpoint} is one that was found whole.
 *
 * <p>May use: core.files, DJL arrays, safetensors. Knows nothing of: what a checkpoint means, trainers, heads.
 */
package io.github.multilabel.training.internal.checkpoint;
