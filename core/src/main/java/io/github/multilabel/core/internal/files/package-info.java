/**
 * Writing so that nothing is lost: outputs appear under their final name only when they are complete. See
 * {@link io.github.multilabel.core.files.AtomicOutput}; {@link io.github.multilabel.core.files.Replacement} for several
 * that belong together, and {@link io.github.multilabel.core.files.ProcessLock} for who may write. And reading without
 * trust: {@link io.github.multilabel.core.files.StrictJson}, and {@link io.github.multilabel.core.files.Digest} to tell
 * whether a file is the right one.
 */
package io.github.multilabel.core.internal.files;
