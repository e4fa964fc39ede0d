/**
 * The engines that compute exported files: {@link OnnxEngine}.
 *
 * <p>May use: core.torch; ONNX Runtime.
 */
@NullMarked
package io.github.multilabel.onnx.engine;

import org.jspecify.annotations.NullMarked;
