/**
 * What decides the last digits and the speed of a computation beside its options: {@link Machine} and {@link Versions}.
 *
 * <p>May use: model; DJL.
 */
@NullMarked
package io.github.multilabel.cli.machine;

import org.jspecify.annotations.NullMarked;
