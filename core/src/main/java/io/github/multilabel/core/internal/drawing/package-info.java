/**
 * What sheets and figures are drawn on.
 *
 * <p>May use: core.image; the JDK alone.
 */
@NullMarked
package io.github.multilabel.core.internal.drawing;

import org.jspecify.annotations.NullMarked;
