/**
 * Writing so that nothing is lost: outputs appear under their final name only when they are complete. See
 * {@link AtomicOutput}; {@link Replacement} for several that belong together, and {@link ProcessLock} for who may
 * write. And reading without trust: {@link StrictJson}, {@link JsonFields} for what a JSON object must have, and
 * {@link Digest} to check whether a file is the right one.
 *
 * <p>May use: core.internal.message; Gson, SLF4J.
 */
@NullMarked
package io.github.multilabel.core.internal.files;

import org.jspecify.annotations.NullMarked;
