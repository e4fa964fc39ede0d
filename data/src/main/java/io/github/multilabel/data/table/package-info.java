/**
 * Labelled images from a table: {@link io.github.multilabel.core.table.ImageTable} reads a CSV file, folders named
 * after categories, or rows that code brings, finds the categories of every head, splits the rows and gives data sets
 * that share their heads.
 *
 * <p>May use: core, {@code core.data}, {@code core.image}, {@code core.split}, {@code core.check}. Knows nothing of:
 * networks, training.
 */
package io.github.multilabel.data.table;
