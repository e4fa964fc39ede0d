/**
 * MixUp and CutMix: training images that are blends of two, with the labels of both. Start at {@link BatchMix}, the
 * choice; a {@link MixDraw} is what was drawn for one batch.
 *
 * <p>May use: no other package; the JDK alone.
 */
@NullMarked
package io.github.multilabel.training.mix;

import org.jspecify.annotations.NullMarked;
