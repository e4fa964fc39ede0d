/**
 * How the heads of a model are built, from the features of a backbone to the logits of each head: {@link HeadLayers}.
 *
 * <p>May use: core, core.internal.message; the JDK alone.
 */
@NullMarked
package io.github.multilabel.model.heads;

import org.jspecify.annotations.NullMarked;
