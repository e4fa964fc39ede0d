/**
 * What the cells of a table mean: {@link LabelText} makes labels comparable, {@link MissingTexts} and
 * {@link MissingWords} are words for nothing, {@link TagSeparator} parts several answers.
 *
 * <p>May use: core.image, core.internal.message; the JDK alone.
 */
@NullMarked
package io.github.multilabel.data.internal.text;

import org.jspecify.annotations.NullMarked;
