/**
 * From samples to batches: {@link io.github.multilabel.core.data.ImageDataset} decodes in parallel ahead of training
 * and gives the same batches whatever the number of threads.
 *
 * <p>May use: core, {@code core.image}, DJL's arrays. Knows nothing of: networks, training.
 */
package io.github.multilabel.data;
