/**
 * A {@link io.github.multilabel.serving.PredictionService} over HTTP:
 * {@link io.github.multilabel.serving.http.PredictionServer}.
 *
 * <p>May use: core, core.image; DJL.
 */
@NullMarked
package io.github.multilabel.serving.http;

import org.jspecify.annotations.NullMarked;
