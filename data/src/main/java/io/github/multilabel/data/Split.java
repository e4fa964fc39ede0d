package io.github.multilabel.data;

/** The usual parts of labelled data. A table can be split into others, too, such as the folds of a cross validation. */
public enum Split {
    /** The images that a model learns from. */
    TRAIN("train"),
    /** Images that a model does not learn from: they choose its best epoch. */
    VALIDATION("validation"),
    /** Images that neither teach a model nor choose it: they say how well it does in the end. */
    TEST("test");

    private final String part;

    Split(String part) {
        this.part = part;
    }

    /** The name of such a part in tables and split files: {@code "train"}, {@code "validation"}, {@code "test"}. */
    public String part() {
        return part;
    }
}
