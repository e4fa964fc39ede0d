/**
 * Writing so that nothing is lost: outputs appear under their final name only when they are complete, see
 * {@link io.github.multilabel.core.files.AtomicOutput}. And reading without trust, see
 * {@link io.github.multilabel.core.files.StrictJson}.
 */
package io.github.multilabel.core.files;
