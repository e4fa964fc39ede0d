/**
 * Which categories of several heads go together: {@link Combinations}, learned from the labels of the training images
 * by a {@link CombinationLearner}, answer all heads at once. A {@link Rule} forbids what no image has.
 *
 * <p>May use: core, core.internal.files, core.internal.message, model.prediction; Gson.
 */
@NullMarked
package io.github.multilabel.model.combination;

import org.jspecify.annotations.NullMarked;
