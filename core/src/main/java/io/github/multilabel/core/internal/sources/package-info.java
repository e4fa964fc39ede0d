/**
 * Images from wherever users bring them, of which nothing is taken on trust.
 *
 * <p>May use: core.image; the JDK alone.
 */
@NullMarked
package io.github.multilabel.core.internal.sources;

import org.jspecify.annotations.NullMarked;
