/**
 * What a model says of labelled images, kept: {@link io.github.multilabel.evaluation.predictions.Predictions}, in
 * memory or as a file. Whatever judges predictions reads it, so that a model runs once.
 *
 * <p>May use: core, core.internal.files, core.internal.message, model.heads, model.internal, model.weights; DJL, Gson.
 */
@NullMarked
package io.github.multilabel.evaluation.predictions;

import org.jspecify.annotations.NullMarked;
