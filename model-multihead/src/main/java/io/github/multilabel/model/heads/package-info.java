/**
 * The layers of the heads, from the features of a backbone to the logits of each head, described as data. Start at
 * {@link io.github.multilabel.model.heads.HeadLayers}; {@link io.github.multilabel.model.heads.HeadStack} is all heads
 * of a model, and {@link io.github.multilabel.model.heads.HeadProgram} runs them over features.
 *
 * <p>May use: core, DJL's arrays. Knows nothing of: backbones, saved models, training.
 */
package io.github.multilabel.model.heads;
