/**
 * Networks in int8: which values become bytes ({@link Quantization}), and how their ranges are found
 * ({@link RangeMethod}).
 *
 * <p>May use: core.internal.onnx; the JDK alone.
 */
@NullMarked
package io.github.multilabel.onnx.int8;

import org.jspecify.annotations.NullMarked;
