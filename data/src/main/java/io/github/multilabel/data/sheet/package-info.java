/**
 * Images for people to look at: {@link ContactSheet} lays some side by side in one file, {@link AugmentationSheet}
 * shows what an augmentation does to them.
 *
 * <p>May use: core.image, core.internal.files, data.augment; the JDK alone.
 */
@NullMarked
package io.github.multilabel.data.sheet;

import org.jspecify.annotations.NullMarked;
