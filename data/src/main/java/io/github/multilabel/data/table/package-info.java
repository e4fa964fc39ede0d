/**
 * Labelled images from a table: {@link ImageTable} reads a CSV file or one of other forms, folders named after
 * categories, or rows that code brings, finds the categories of every head, splits the rows and gives data sets that
 * share their heads.
 *
 * <p>May use: core, core.image, core.image.decode, core.internal.files, core.internal.message, core.internal.options,
 * data, data.check, data.internal, data.internal.csv, data.internal.images, data.internal.json, data.internal.parquet,
 * data.internal.text, data.split; SLF4J.
 */
@NullMarked
package io.github.multilabel.data.table;

import org.jspecify.annotations.NullMarked;
