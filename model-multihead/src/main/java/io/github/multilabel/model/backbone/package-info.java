/**
 * The backbones on offer: {@link Backbones} by name, each a {@link Backbone}: the description of its network, what it
 * wants of images, and where pretrained weights come from. A file per family describes the networks.
 *
 * <p>May use: core, core.image, core.internal.message, model.internal, model.network, model.weights; DJL, SLF4J.
 */
@NullMarked
package io.github.multilabel.model.backbone;

import org.jspecify.annotations.NullMarked;
