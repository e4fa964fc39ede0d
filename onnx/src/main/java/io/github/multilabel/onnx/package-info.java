/**
 * Trained models for other runtimes: {@link OnnxExport} writes one as a file of the format ONNX, which ONNX Runtime,
 * OpenVINO, Triton and others read, and checks that it answers as the model does.
 *
 * <p>May use: core, core.image, core.image.decode, core.internal.files, core.internal.message, core.internal.onnx,
 * core.internal.options, core.internal.tensors, core.torch, core.torch.internal, model, model.drift, model.export,
 * model.heads, model.internal, model.internal.calls, model.internal.description, model.prediction, onnx.engine,
 * onnx.int8; DJL, Gson, SLF4J.
 */
@NullMarked
package io.github.multilabel.onnx;

import org.jspecify.annotations.NullMarked;
