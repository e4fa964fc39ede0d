/**
 * Images from wherever users bring them, of which nothing is taken on trust.
 *
 * <p>May use: core.image; the JDK alone.
 */
package io.github.multilabel.core.internal.sources;
