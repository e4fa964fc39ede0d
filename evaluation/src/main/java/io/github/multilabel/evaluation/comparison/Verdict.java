package io.github.multilabel.evaluation.comparison;

/** What a difference says of B. */
public enum Verdict {
    /** All of the interval is on the better side of 0. */
    BETTER("B is better"),
    /** All of the interval is on the worse side of 0. */
    WORSE("B is worse"),
    /** The interval has 0 in it or is not known. */
    UNDECIDED("no difference can be told");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** For example {@code no difference can be told}. */
    @Override
    public String toString() {
        return words;
    }
}
