package io.github.multilabel.data.table;

/** What an empty cell of a column of tags says. */
public enum EmptyTags {
    /** No tag applies: each is absent, and counts in loss and metrics. */
    NONE,
    /** Nothing is known: the label is missing, and adds nothing to loss and metrics. */
    UNKNOWN
}
