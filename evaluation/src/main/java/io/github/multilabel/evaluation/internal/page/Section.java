package io.github.multilabel.evaluation.internal.page;

import java.util.List;

/**
 * A part of the page with a heading.
 *
 * @param title its heading
 * @param link the heading in the table of contents, which can be shorter
 * @param parts in their order
 */
public record Section(String title, String link, List<Part> parts) {

    /** Copies the list. */
    public Section {
        parts = List.copyOf(parts);
    }

    /** A section whose heading is short. */
    public Section(String title, List<Part> parts) {
        this(title, title, parts);
    }
}
