/**
 * Labelled images and what a check found of them as one page, for people to look at: {@link DataPage}.
 *
 * <p>May use: core, core.image, core.image.decode, core.internal.drawing, core.internal.files, core.internal.message,
 * data, data.check, data.internal, data.split; the JDK alone.
 */
@NullMarked
package io.github.multilabel.data.check.page;

import org.jspecify.annotations.NullMarked;
