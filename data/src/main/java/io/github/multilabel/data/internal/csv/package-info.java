/**
 * A table in a file of text, whatever its dialect: {@link CsvText} reads the file in its charset, {@link CsvTable} its
 * rows.
 *
 * <p>May use: core.internal.message, data.internal.images, data.internal.text; Commons CSV.
 */
package io.github.multilabel.data.internal.csv;
