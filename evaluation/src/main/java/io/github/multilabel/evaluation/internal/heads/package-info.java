/**
 * Heads side by side: {@link HeadGroup} lays all heads of one kind in one array, so that losses and metrics cost the
 * same few kernels for three heads as for a hundred.
 *
 * <p>May use: core; DJL.
 */
package io.github.multilabel.evaluation.internal.heads;
