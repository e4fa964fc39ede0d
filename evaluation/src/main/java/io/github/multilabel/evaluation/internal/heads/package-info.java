/**
 * Heads side by side: {@link io.github.multilabel.training.heads.HeadGroup} lays all heads of one kind in one array, so
 * that losses and metrics cost the same few kernels for three heads as for a hundred.
 *
 * <p>May use: core, DJL arrays. Knows nothing of: losses, metrics, trainers.
 */
package io.github.multilabel.evaluation.internal.heads;
