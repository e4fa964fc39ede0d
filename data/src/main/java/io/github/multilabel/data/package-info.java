/**
 * From samples to batches: {@link ImageDataset} decodes in parallel ahead of training and gives the same batches
 * whatever the number of threads.
 *
 * <p>May use: core, core.image, core.image.decode, core.internal, core.internal.files, core.internal.message,
 * core.internal.options, core.internal.sources, core.internal.tensors, data.augment; DJL, SLF4J.
 */
@NullMarked
package io.github.multilabel.data;

import org.jspecify.annotations.NullMarked;
