/**
 * Parts of messages: {@link Excerpt} shortens what was given, {@link NearMatches} suggests known names,
 * {@link LookAlikes} finds names that look the same, and {@link Given} refuses null.
 *
 * <p>May use: no other package; the JDK alone.
 */
@NullMarked
package io.github.multilabel.core.internal.message;

import org.jspecify.annotations.NullMarked;
