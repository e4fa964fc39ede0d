/**
 * Images side by side in one file, for people to look at: {@link ContactSheet}.
 *
 * <p>May use: core.image, core.internal.drawing, core.internal.files; the JDK alone.
 */
@NullMarked
package io.github.multilabel.core.image.sheet;

import org.jspecify.annotations.NullMarked;
