/**
 * Backbones: {@link Backbones} has those of this library by name. A {@link Backbone} has the description of a network,
 * its preprocessing, and the source of its pretrained weights. A file per family describes the networks.
 *
 * <p>May use: core, core.image, core.internal.message, model.card, model.internal, model.network, model.weights; DJL, SLF4J.
 */
@NullMarked
package io.github.multilabel.model.backbone;

import org.jspecify.annotations.NullMarked;
