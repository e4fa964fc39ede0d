/**
 * Writing so that nothing is lost: outputs appear under their final name only when they are complete. See
 * {@link io.github.multilabel.core.files.AtomicOutput}.
 */
package io.github.multilabel.core.files;
