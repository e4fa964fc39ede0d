/**
 * OpenVINO computes exported files: {@link OpenVinoEngine}.
 *
 * <p>May use: core.torch.
 */
@NullMarked
package io.github.multilabel.openvino;

import org.jspecify.annotations.NullMarked;
