package io.github.multilabel.data;

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
        /** Training fails, unless it passes over such images. */
        ERROR("ERROR"),
        /** Training runs, and learns or measures something wrong. */
        WARNING("WARNING"),
        /** Good to know. */
        INFO("INFO");

        private final String inFiles;

        Severity(String inFiles) {
            this.inFiles = inFiles;
        }

        /** Its name in files, which stays whatever the constant is called. */
        public String inFiles() {
            return inFiles;
        }
    }

    /** What can be found. */
    public enum Kind {
        /** An image is not there, or its row names none. */
        MISSING_IMAGE("MISSING_IMAGE", "missing image"),
        /** An image ends too early. */
        TRUNCATED_IMAGE("TRUNCATED_IMAGE", "truncated image"),
        /** An image is damaged, too large, or of a format that is not read. */
        UNREADABLE_IMAGE("UNREADABLE_IMAGE", "unreadable image"),
        /** No training row has a label for a head. */
        HEAD_WITHOUT_LABELS("HEAD_WITHOUT_LABELS", "head without labels"),
        /** The same bytes, or the same file, with other labels. */
        CONTRADICTING_LABELS("CONTRADICTING_LABELS", "contradicting labels"),
        /** Rows of one group, such as the photos of one car, in several parts of the split. */
        GROUP_ACROSS_PARTS("GROUP_ACROSS_PARTS", "group across parts"),
        /** The same bytes in two parts of the split: the model is evaluated on what it learned by heart. */
        DUPLICATE_ACROSS_PARTS("DUPLICATE_ACROSS_PARTS", "duplicate across parts"),
        /** Two images that look the same in two parts of the split. */
        NEAR_DUPLICATE_ACROSS_PARTS("NEAR_DUPLICATE_ACROSS_PARTS", "near duplicate across parts"),
        /** No row of a part that measures has a label for a head. */
        NOTHING_TO_MEASURE("NOTHING_TO_MEASURE", "nothing to measure"),
        /** A category all of whose training images are missing or damaged. */
        CATEGORY_WITHOUT_IMAGES("CATEGORY_WITHOUT_IMAGES", "category without images"),
        /** The same file in several rows with the same labels. */
        DUPLICATE_ROW("DUPLICATE_ROW", "duplicate row"),
        /** Several files with the same bytes. */
        DUPLICATE_IMAGE("DUPLICATE_IMAGE", "duplicate image"),
        /** Several images that look the same. */
        NEAR_DUPLICATE("NEAR_DUPLICATE", "near duplicate"),
        /** A head with about as many categories as labelled rows. */
        LOOKS_LIKE_ID("LOOKS_LIKE_ID", "looks like an id"),
        /** Categories of a head that look alike, as those do that differ only in case, or that are the same number. */
        SIMILAR_CATEGORIES("SIMILAR_CATEGORIES", "similar categories"),
        /** A category that has too few training images to be learned. */
        FEW_IMAGES("FEW_IMAGES", "few images"),
        /** Categories that are usual words for a missing label, such as {@code nan}. */
        MISSING_WORDS("MISSING_WORDS", "words for missing"),
        /** A column that seems to be cut into labels in the wrong places, or not at all. */
        WRONG_SEPARATOR("WRONG_SEPARATOR", "wrong separator"),
        /** Labels that a program seems to have spoilt, such as those read in a wrong encoding. */
        ODD_LABELS("ODD_LABELS", "odd labels"),
        /** Labels that are none of their head's categories, and count as missing. */
        UNKNOWN_LABELS("UNKNOWN_LABELS", "unknown labels"),
        /** A label that is written in several ways, which are read as one. */
        SPELLINGS("SPELLINGS", "spellings read as one"),
        /** Cells of tags that are empty, and what they are taken for. */
        EMPTY_TAGS("EMPTY_TAGS", "empty tag cells"),
        /** What reading the table passed over or took otherwise than it is written. */
        TABLE_NOTE("TABLE_NOTE", "note on the table"),
        /** A category that does not occur in every part of a split: it cannot be learned, or measured, everywhere. */
        CATEGORY_NOT_IN_EVERY_PART("CATEGORY_NOT_IN_EVERY_PART", "category not in every part"),
        /** A part of a split that is larger or smaller than asked, because groups stay whole. */
        PART_SIZE("PART_SIZE", "part size"),
        /** Rows without any label, over which a split could spread nothing. */
        NO_LABELS("NO_LABELS", "no labels"),
        /** An image whose shorter side has less than 32 pixels, where most have more. */
        TINY_IMAGE("TINY_IMAGE", "tiny image"),
        /** An image without colour, where most have some. */
        GREY_IMAGE("GREY_IMAGE", "grey image"),
        /** An image that is blurred, or shows next to nothing. */
        BLURRED_IMAGE("BLURRED_IMAGE", "blurred image"),
        /** A label that is not the one which a finer label of the same row determines. */
        BREAKS_HIERARCHY("BREAKS_HIERARCHY", "breaks the hierarchy");

        private final String inFiles;
        private final String words;

        Kind(String inFiles, String words) {
            this.inFiles = inFiles;
            this.words = words;
        }

        /** Its name in files, which stays whatever the constant is called. */
        public String inFiles() {
            return inFiles;
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

    /** A warning about no row in particular. */
    public static Finding warning(Kind kind, String message) {
        return new Finding(kind, Severity.WARNING, List.of(), message);
    }

    @Override
    public String toString() {
        return severity + " " + kind.words() + ": " + message;
    }
}
