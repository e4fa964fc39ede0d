/**
 * The one loop that evaluates, of saved models and within a training: {@link EvaluationLoop}. It knows no trainer, no
 * progress bar and no file.
 *
 * <p>May use: core, core.image, core.internal.tensors, core.torch, core.torch.internal, evaluation.internal.heads,
 * evaluation.internal.metrics, evaluation.loss, evaluation.metrics, evaluation.predictions, model, model.combination,
 * model.heads, model.internal, model.prediction; DJL.
 */
@NullMarked
package io.github.multilabel.evaluation.internal;

import org.jspecify.annotations.NullMarked;
