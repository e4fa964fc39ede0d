/**
 * What is wrong with labelled images, found before training and not after hours: {@link DataCheck} looks at every image
 * and label once and gives a {@link DataReport}.
 *
 * <p>May use: core, core.image, core.image.decode, core.internal.files, core.internal.formats, core.internal.message,
 * core.internal.options, core.internal.sources, data, data.internal, data.split; Commons CSV, DJL, Gson.
 */
@NullMarked
package io.github.multilabel.data.check;

import org.jspecify.annotations.NullMarked;
