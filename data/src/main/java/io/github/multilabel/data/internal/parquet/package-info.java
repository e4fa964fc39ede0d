/**
 * Tables in Parquet files: {@link ParquetTable}, whose other classes are loaded only when such a file is read, because
 * the library that they need is optional.
 *
 * <p>May use: core.image, core.internal.files, core.internal.formats, core.internal.message, data.internal.csv,
 * data.internal.images, data.internal.text; Gson, Parquet, aircompressor.
 */
@NullMarked
package io.github.multilabel.data.internal.parquet;

import org.jspecify.annotations.NullMarked;
