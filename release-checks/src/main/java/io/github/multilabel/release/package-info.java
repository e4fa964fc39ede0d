/**
 * What must be true of all modules together before a release. Start at {@link StagedRepository}; tests hold the list of
 * runtime dependencies and the versions that the BOM names.
 */
@NullMarked
package io.github.multilabel.release;

import org.jspecify.annotations.NullMarked;
