package io.github.multilabel.model.explain;

import io.github.multilabel.core.internal.message.Given;
import java.util.Optional;

/**
 * What a heat map is asked for: a category of a head, or what the head predicts.
 *
 * @param head the name of a head
 * @param category of the head; empty for what it predicts, which is one category of a single-label head, and each
 *     predicted tag, possibly none, of a multi-label head
 */
public record Target(String head, Optional<String> category) {

    /** @throws IllegalArgumentException if a value is null */
    public Target {
        Given.require(head, "head", "the name of a head, e.g. \"brand\"");
        Given.require(category, "category", "a category of the head, or Optional.empty() for what it predicts");
    }

    /** Asks for what a head predicts. */
    public static Target predicted(String head) {
        return new Target(head, Optional.empty());
    }

    /** Asks for a category, whether it is predicted or not. */
    public static Target category(String head, String category) {
        return new Target(head, Optional.of(Given.require(category, "category", "a category of the head")));
    }
}
