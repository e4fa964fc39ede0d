/**
 * Pictures before they become tensors: where they come from ({@link io.github.multilabel.core.image.ImageSource}), how
 * they are decoded, resized and augmented as {@link io.github.multilabel.core.image.Pixels}, and what a model wants of
 * them ({@link io.github.multilabel.core.image.Preprocessing}).
 *
 * <p>May use: the JDK and decoders. Knows nothing of: labels, data sets, tensors.
 */
package io.github.multilabel.core.image;
