/**
 * The state of one run of an optimizer over all parameters: {@link Optimizer} steps them in one native call, by an
 * {@link UpdateRule}.
 *
 * <p>May use: core.internal.message, core.internal.programs, core.torch; DJL.
 */
@NullMarked
package io.github.multilabel.training.internal.optimizer;

import org.jspecify.annotations.NullMarked;
