/**
 * How builders report: {@link Problems} collects what is wrong with options and throws all of it at once.
 *
 * <p>May use: core; the JDK alone.
 */
@NullMarked
package io.github.multilabel.core.internal.options;

import org.jspecify.annotations.NullMarked;
