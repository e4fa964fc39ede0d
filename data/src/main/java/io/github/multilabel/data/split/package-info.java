/**
 * Which rows of a table train a model and which evaluate it: {@link DataSplit}, drawn so that every category of every
 * head is spread over the parts, and {@link SplitFile}, which keeps it.
 *
 * <p>May use: core, core.internal.files, core.internal.message, core.internal.options, data, data.internal; Commons
 * CSV, SLF4J.
 */
@NullMarked
package io.github.multilabel.data.split;

import org.jspecify.annotations.NullMarked;
