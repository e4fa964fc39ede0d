/**
 * What is wrong with labelled images, found before training and not after hours: {@link DataCheck} looks at every
 * image and label once and gives a {@link TableReport}.
 *
 * <p>May use: core, core.image, core.image.decode, core.internal, core.internal.files, core.internal.message,
 * core.internal.options, data, data.split; Commons CSV, DJL, Gson.
 */
package io.github.multilabel.data.check;
