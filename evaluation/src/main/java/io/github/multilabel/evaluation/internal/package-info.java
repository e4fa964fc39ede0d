/**
 * The one loop that evaluates, of saved models and within a training: {@link EvaluationLoop}. It knows no trainer, no
 * progress bar and no file.
 *
 * <p>May use: core, core.torch, evaluation.loss, evaluation.metrics; DJL.
 */
package io.github.multilabel.evaluation.internal;
