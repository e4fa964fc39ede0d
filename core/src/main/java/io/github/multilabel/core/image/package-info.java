/**
 * Images before they become tensors: where they come from ({@link ImageSource}), how they are resized as
 * {@link Pixels}, and what a model wants of them ({@link Preprocessing}).
 * {@link io.github.multilabel.core.image.decode} decodes them.
 *
 * <p>May use: the JDK. Knows nothing of: labels, data sets, tensors.
 */
package io.github.multilabel.core.image;
