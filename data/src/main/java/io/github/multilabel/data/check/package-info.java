/**
 * What is wrong with labelled images, found before training and not after hours:
 * {@link io.github.multilabel.core.check.DataCheck} looks at every image and label once and gives a
 * {@link io.github.multilabel.core.check.TableReport}.
 *
 * <p>May use: core, {@code core.data}, {@code core.image}, {@code core.split}. Knows nothing of: how a table is
 * written, training.
 */
package io.github.multilabel.data.check;
