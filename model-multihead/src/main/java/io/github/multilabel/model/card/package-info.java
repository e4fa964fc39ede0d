/**
 * What people should know of a model before they use it: {@link io.github.multilabel.model.card.ModelCard}, which is
 * saved with the model.
 *
 * <p>May use: core, core.internal.files, core.internal.message; Gson.
 */
@NullMarked
package io.github.multilabel.model.card;

import org.jspecify.annotations.NullMarked;
