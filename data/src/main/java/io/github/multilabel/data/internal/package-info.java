/**
 * Work on many images at once that several packages of this module share. No user needs it; it may change at any time.
 */
package io.github.multilabel.data.internal;
