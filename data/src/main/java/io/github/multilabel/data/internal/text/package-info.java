/**
 * What the cells of a table mean: {@link LabelText} makes labels comparable, {@link MissingTexts} and
 * {@link MissingWords} are words for nothing, {@link TagSeparator} parts several answers.
 *
 * <p>May use: core.internal.message; the JDK alone.
 */
package io.github.multilabel.data.internal.text;
