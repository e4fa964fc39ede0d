/**
 * Work on many images at once that several packages of this module share.
 *
 * <p>May use: core, core.image, core.internal, core.internal.files, core.internal.sources; the JDK alone.
 */
package io.github.multilabel.data.internal;
