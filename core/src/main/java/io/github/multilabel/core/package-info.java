/**
 * The shared words: what is asked of an image ({@link Head}), in which order ({@link HeadSet}), what is known of one
 * image ({@link Labels}), and how images and labels travel together ({@link MultiLabelDataset},
 * {@link MultiLabelBatch}).
 *
 * <p>May use: core.image, core.internal.message; DJL, SLF4J.
 */
@NullMarked
package io.github.multilabel.core;

import org.jspecify.annotations.NullMarked;
