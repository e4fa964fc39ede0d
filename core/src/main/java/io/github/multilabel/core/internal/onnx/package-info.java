/**
 * Files of the format ONNX: {@link OnnxGraph} collects operations and arrays, and writes them in protobuf's wire
 * format, of which so little is needed that no library is.
 *
 * <p>May use: no other package; DJL.
 */
@NullMarked
package io.github.multilabel.core.internal.onnx;

import org.jspecify.annotations.NullMarked;
