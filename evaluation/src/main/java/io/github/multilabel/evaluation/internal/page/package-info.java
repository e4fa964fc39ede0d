/**
 * Figures as one HTML page that stands alone. {@link io.github.multilabel.evaluation.internal.page.Page} has what is
 * shown, in words; the templates in {@code src/main/jte} become classes of this package at build, and escape every
 * value for the place where it stands. Nothing is computed here but where a line is drawn.
 *
 * <p>May use: core.image, core.internal.drawing, core.internal.message; JTE.
 */
@NullMarked
package io.github.multilabel.evaluation.internal.page;

import org.jspecify.annotations.NullMarked;
