/**
 * Tables in files of JSON: {@link JsonLines}, {@link CocoFile} and {@link LabelStudioFile}, none of which is in memory
 * as a whole.
 *
 * <p>May use: core.internal.files, core.internal.message, data.internal.csv, data.internal.text; Gson.
 */
@NullMarked
package io.github.multilabel.data.internal.json;

import org.jspecify.annotations.NullMarked;
