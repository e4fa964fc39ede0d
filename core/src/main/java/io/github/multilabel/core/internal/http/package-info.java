/**
 * Requests by HTTP, for whatever downloads. Start at {@link HttpRequests}: it gives an {@link ServerResponse}, whose
 * bytes are read as they come. {@link TransientFailure} is worth another attempt, after the pause of {@link Backoff}.
 * Internal: it may change with any release.
 *
 * <p>May use: no other package; the JDK alone.
 */
@NullMarked
package io.github.multilabel.core.internal.http;

import org.jspecify.annotations.NullMarked;
