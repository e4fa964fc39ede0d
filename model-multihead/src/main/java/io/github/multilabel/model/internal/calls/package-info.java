/**
 * Calls of a model on images, whatever engine computes: {@link ImageCalls} loads images and runs them in batches,
 * {@link PixelProgram} is the engine.
 *
 * <p>May use: core, core.image, core.image.decode, core.internal, model.combination, model.drift, model.heads,
 * model.prediction; the JDK alone.
 */
@NullMarked
package io.github.multilabel.model.internal.calls;

import org.jspecify.annotations.NullMarked;
