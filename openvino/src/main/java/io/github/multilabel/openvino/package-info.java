/**
 * OpenVINO computes exported files: {@link OpenVinoEngine}.
 *
 * <p>May use: core.internal.files, core.torch, onnx.engine; JNA.
 */
@NullMarked
package io.github.multilabel.openvino;

import org.jspecify.annotations.NullMarked;
