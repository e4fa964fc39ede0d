/** Images from wherever users bring them, of which nothing is taken on trust. */
package io.github.multilabel.core.internal.sources;
