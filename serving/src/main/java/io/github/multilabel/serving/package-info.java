/**
 * Trained models that answer many callers at once, without a server:
 * {@link io.github.multilabel.serving.PredictionService}. It makes batches of what comes at the same time
 * ({@code BatchQueue}), replaces models that change ({@code ServedModel}, {@code LoadedModel}) and counts
 * ({@code ServiceMeters}).
 *
 * <p>May use: core, core.image, core.image.decode, core.internal.drawing, core.internal.files, core.internal.message,
 * core.internal.options, core.torch, model, model.drift, model.explain, model.internal.calls, model.prediction, onnx;
 * DJL, Micrometer, SLF4J.
 */
@NullMarked
package io.github.multilabel.serving;

import org.jspecify.annotations.NullMarked;
