/**
 * What messages have in common. See {@link io.github.multilabel.core.message.Excerpt}.
 *
 * <p>May be used by all; uses nothing.
 */
package io.github.multilabel.core.internal.message;
