/**
 * The types that all modules share: {@link Head} and {@link HeadSet} define the heads of a model and their categories,
 * {@link Labels} are the labels of one image, {@link MultiLabelDataset} and {@link MultiLabelBatch} have labelled
 * images.
 *
 * <p>May use: core.image, core.internal.message; DJL, SLF4J.
 */
@NullMarked
package io.github.multilabel.core;

import org.jspecify.annotations.NullMarked;
