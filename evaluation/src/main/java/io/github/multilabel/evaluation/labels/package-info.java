/**
 * Labels that are probably wrong, as a model sees it that was not trained on them:
 * {@link io.github.multilabel.evaluation.labels.LabelIssues}, and files of them for those who label.
 *
 * <p>May use: core, core.image, core.image.decode, core.image.sheet, core.internal.drawing, core.internal.files,
 * core.internal.message, evaluation.predictions; the JDK alone.
 */
@NullMarked
package io.github.multilabel.evaluation.labels;

import org.jspecify.annotations.NullMarked;
