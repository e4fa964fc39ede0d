/**
 * The shared words: what is asked of an image ({@link io.github.multilabel.core.Head}), in which order
 * ({@link io.github.multilabel.core.HeadSet}), what is known of one image ({@link io.github.multilabel.core.Labels}),
 * and how images and labels travel together ({@link io.github.multilabel.core.MultiLabelDataset},
 * {@link io.github.multilabel.core.MultiLabelBatch}).
 *
 * <p>May use: DJL's arrays and data sets, {@code core.image} for what a pass asks of its images. Knows nothing of:
 * files, networks, training.
 */
package io.github.multilabel.core;
