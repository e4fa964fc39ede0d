/**
 * Heads side by side: {@link io.github.multilabel.evaluation.internal.heads.HeadGroup} lays all heads of one kind in
 * one array, so that losses and metrics cost the same few kernels for three heads as for a hundred, and
 * {@link io.github.multilabel.evaluation.internal.heads.GroupLoss} computes a
 * {@link io.github.multilabel.evaluation.internal.heads.Formula} over such an array.
 *
 * <p>May use: core, core.internal.programs, core.torch; DJL.
 */
@NullMarked
package io.github.multilabel.evaluation.internal.heads;

import org.jspecify.annotations.NullMarked;
