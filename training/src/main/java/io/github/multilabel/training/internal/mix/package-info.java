/**
 * The drawing and blending of {@link io.github.multilabel.training.mix}, on the device.
 *
 * <p>May use: core.internal, core.torch, evaluation.loss, training.mix; DJL.
 */
@NullMarked
package io.github.multilabel.training.internal.mix;

import org.jspecify.annotations.NullMarked;
