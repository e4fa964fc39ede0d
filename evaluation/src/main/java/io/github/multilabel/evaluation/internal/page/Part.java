package io.github.multilabel.evaluation.internal.page;

/** What a {@link Section} is made of. */
public sealed interface Part permits Table, Charts, Matrix, Gallery, Note {}
