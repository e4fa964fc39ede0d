/**
 * A table in a file of text, whatever its dialect: {@link CsvText} reads the file in its charset, {@link CsvReader} its
 * rows.
 *
 * <p>May use: core.internal.message, data.internal.images, data.internal.text; Commons CSV.
 */
@NullMarked
package io.github.multilabel.data.internal.csv;

import org.jspecify.annotations.NullMarked;
