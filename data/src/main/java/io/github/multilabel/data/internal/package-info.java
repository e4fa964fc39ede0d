/**
 * Work on many images at once that several packages of this module share.
 *
 * <p>May use: core, core.image, core.internal, core.internal.files, core.internal.sources; the JDK alone.
 */
@NullMarked
package io.github.multilabel.data.internal;

import org.jspecify.annotations.NullMarked;
