/**
 * A {@link io.github.multilabel.serving.PredictionService} over HTTP:
 * {@link io.github.multilabel.serving.http.PredictionServer}.
 *
 * <p>May use: core, core.image, core.internal.message, core.internal.options, model.drift, model.explain,
 * model.prediction, serving; Gson, Jetty, Micrometer, SLF4J.
 */
@NullMarked
package io.github.multilabel.serving.http;

import org.jspecify.annotations.NullMarked;
