/**
 * Where a model looks: {@link GradCam} gives a {@link HeatMap} for each head of an image, which can be laid over the
 * image and compared with those of other heads.
 *
 * <p>May use: core, core.image, core.image.decode, core.internal.message, core.internal.tensors, core.torch.internal,
 * model, model.internal, model.prediction; DJL.
 */
@NullMarked
package io.github.multilabel.model.explain;

import org.jspecify.annotations.NullMarked;
