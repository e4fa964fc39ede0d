/**
 * What several modules need and what uses no other package: {@link Seeds} has the formulas of all random streams,
 * {@link DecodingPool} the threads that decode, {@link Samples} the arithmetic of stored samples, {@link Terminal}
 * whether the program runs in a terminal.
 *
 * <p>May use: no other package; the JDK alone.
 */
@NullMarked
package io.github.multilabel.core.internal;

import org.jspecify.annotations.NullMarked;
