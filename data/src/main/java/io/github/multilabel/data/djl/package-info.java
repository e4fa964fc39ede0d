/**
 * The data sets of DJL ({@code ai.djl:basicdataset}, or your own) as rows of a table. Start at {@link DjlImages}.
 *
 * <p>May use: core, core.image, core.internal.message, core.torch.internal, data.internal; DJL.
 */
@NullMarked
package io.github.multilabel.data.djl;

import org.jspecify.annotations.NullMarked;
