/**
 * Trained models that answer many callers at once, without a server:
 * {@link io.github.multilabel.serving.PredictionService}. It makes batches of what comes at the same time
 * ({@code BatchQueue}), replaces models that change ({@code ServedModel}, {@code LoadedModel}) and counts
 * ({@code ServiceMeters}).
 *
 * <p>May use: core, core.image; DJL.
 */
@NullMarked
package io.github.multilabel.serving;

import org.jspecify.annotations.NullMarked;
