/**
 * What an augmentation does to images, for people to look at: {@link AugmentationSheet}.
 *
 * <p>May use: core.image, core.image.sheet, data.augment; the JDK alone.
 */
@NullMarked
package io.github.multilabel.data.sheet;

import org.jspecify.annotations.NullMarked;
