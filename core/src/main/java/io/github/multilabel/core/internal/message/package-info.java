/**
 * What messages have in common: {@link Excerpt} of what was given, {@link NearMatches} of a name, {@link LookAlikes} of
 * a text.
 *
 * <p>May use: no other package; the JDK alone.
 */
@NullMarked
package io.github.multilabel.core.internal.message;

import org.jspecify.annotations.NullMarked;
