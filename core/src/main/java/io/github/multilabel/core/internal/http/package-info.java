/**
 * Requests by HTTP, for whatever downloads. Start at {@link io.github.multilabel.core.internal.http.HttpRequests}: it
 * gives an {@link io.github.multilabel.core.internal.http.HttpAnswer}, whose bytes are read as they come.
 * {@link io.github.multilabel.core.internal.http.TransientFailure} is worth another attempt, after the pause of
 * {@link io.github.multilabel.core.internal.http.Backoff}. Internal: it may change with any release.
 *
 * <p>May use: the JDK's HTTP client. Knows nothing of: files, images, what is fetched and why.
 */
package io.github.multilabel.core.internal.http;
