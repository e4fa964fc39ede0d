package io.github.multilabel.data;

/**
 * An image that is left out.
 *
 * @param source its name, such as its file
 * @param origin where it was declared, such as {@code "labels.csv line 214"}; may be empty
 * @param reason why it cannot be used
 */
public record SkippedImage(String source, String origin, String reason) {

    static SkippedImage of(Sample sample, String reason) {
        return new SkippedImage(sample.image().name(), sample.origin(), reason);
    }

    /** For example {@code "cars/7.jpg (labels.csv line 214): no such file"}. */
    @Override
    public String toString() {
        return source + (origin.isEmpty() ? "" : " (" + origin + ")") + ": " + reason;
    }
}
