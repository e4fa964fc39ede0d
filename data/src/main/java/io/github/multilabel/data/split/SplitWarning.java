package io.github.multilabel.data.split;

import java.util.Objects;

/**
 * Something about a split that its user should know.
 *
 * @param kind what it is about
 * @param head the head concerned, or empty if it is about the rows as a whole
 * @param category the category concerned, or empty
 * @param message the whole story in one line
 */
public record SplitWarning(Kind kind, String head, String category, String message) {

    /** What can be unfortunate. */
    public enum Kind {
        /** A category occurs, but not in every part: it cannot be learned, or not be measured, everywhere. */
        CATEGORY_NOT_IN_EVERY_PART,
        /** Groups that must stay whole made a part larger or smaller than asked. */
        PART_SIZE,
        /** No row has any label, so that there was nothing to spread. */
        NO_LABELS
    }

    /** Checks that all are there. */
    public SplitWarning {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(message, "message");
    }

    static SplitWarning ofRows(Kind kind, String message) {
        return new SplitWarning(kind, "", "", message);
    }

    @Override
    public String toString() {
        return message;
    }
}
