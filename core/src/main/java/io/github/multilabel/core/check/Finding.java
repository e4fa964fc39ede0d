package io.github.multilabel.core.check;

import java.util.List;
import java.util.Objects;

/**
 * Something that a check found.
 *
 * @param kind what it is
 * @param severity what it does to training
 * @param rows the samples concerned, by index; empty if it is about a head as a whole
 * @param message the whole story in one line, with the places of the rows such as {@code "labels.csv line 214"}
 */
public record Finding(Kind kind, Severity severity, List<Integer> rows, String message) {

    /** What a finding does to training, the worst first. */
    public enum Severity {
        /** Training fails, unless it is told to pass over such images. */
        ERROR,
        /** Training runs, and learns or measures something wrong. */
        WARNING,
        /** Good to know. */
        INFO
    }

    /** What can be found. */
    public enum Kind {
        /** An image is not there, or its row names none. */
        MISSING_IMAGE("missing image"),
        /** An image ends too early. */
        TRUNCATED_IMAGE("truncated image"),
        /** An image is damaged, too large, or of a format that is not read. */
        UNREADABLE_IMAGE("unreadable image"),
        /** No row that trains, or none of those that judge, has a label for a head. */
        HEAD_WITHOUT_LABELS("head without labels"),
        /** The same bytes, or the same file, with other labels. */
        CONTRADICTING_LABELS("contradicting labels"),
        /** The same bytes in two parts of the split: what is judged was learned by heart. */
        DUPLICATE_ACROSS_PARTS("duplicate across parts"),
        /** Two images that look the same in two parts of the split. */
        NEAR_DUPLICATE_ACROSS_PARTS("near duplicate across parts"),
        /** The same file in several rows with the same labels. */
        DUPLICATE_ROW("duplicate row"),
        /** Several files with the same bytes. */
        DUPLICATE_IMAGE("duplicate image"),
        /** Several images that look the same. */
        NEAR_DUPLICATE("near duplicate"),
        /** A head with about as many categories as labelled rows. */
        LOOKS_LIKE_ID("looks like an id"),
        /** Categories of a head that differ only in case or blanks. */
        SIMILAR_CATEGORIES("similar categories"),
        /** A category that has too few training images to be learned. */
        FEW_IMAGES("few images"),
        /** Labels that are none of their head's categories, and count as missing. */
        UNKNOWN_LABELS("unknown labels"),
        /** A label that is written in several ways, which are read as one. */
        SPELLINGS("spellings read as one"),
        /** Cells of tags that are empty, and what they are taken for. */
        EMPTY_TAGS("empty tag cells");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /** Checks that all are there. */
    public Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(severity, "severity");
        rows = List.copyOf(rows);
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        return severity + " " + kind.words() + ": " + message;
    }
}
