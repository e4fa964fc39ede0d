package io.github.multilabel.model.combination;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What no image is: categories of different heads that are never answered all at once. Immutable.
 *
 * <pre>{@code
 * Rule rule = Rule.forbid("type=Van", "brand=Audi");
 * }</pre>
 *
 * @param categories by the name of each head its category; at least one
 */
public record Rule(Map<String, String> categories) {

    private static final String WANTED = "HEAD=CATEGORY, e.g. \"type=Van\"";

    /** Keeps the order. */
    public Rule {
        categories = Collections.unmodifiableMap(
                new LinkedHashMap<>(Given.require(categories, "categories", "by the name of a head its category")));
        if (categories.isEmpty()) {
            throw new IllegalArgumentException("a rule forbids nothing; give it at least one " + WANTED);
        }
    }

    /**
     * Forbids categories that come together; one alone is forbidden whatever it comes with.
     *
     * @param terms each {@code HEAD=CATEGORY}; the name of the head ends at the first {@code =}
     * @throws IllegalArgumentException if a term has no {@code =}, or two are of the same head
     */
    public static Rule forbid(String... terms) {
        return forbid(Arrays.asList(Given.require(terms, "terms", WANTED)));
    }

    /** As {@link #forbid(String...)}. */
    public static Rule forbid(List<String> terms) {
        Map<String, String> categories = new LinkedHashMap<>();
        for (String term : Given.require(terms, "terms", WANTED)) {
            int end = Given.require(term, "terms", WANTED).indexOf('=');
            if (end < 0) {
                throw new IllegalArgumentException("'" + Excerpt.of(term) + "' in a rule is not " + WANTED);
            }
            String head = term.substring(0, end);
            String category = term.substring(end + 1);
            String other = categories.putIfAbsent(head, category);
            if (other != null) {
                throw new IllegalArgumentException("a rule has head '" + Excerpt.of(head) + "' twice, with '"
                        + Excerpt.of(other) + "' and '" + Excerpt.of(category)
                        + "'; an image has one of its categories, so give each a rule of its own");
            }
        }
        return new Rule(categories);
    }

    /**
     * Checks that it is for heads.
     *
     * @throws IllegalArgumentException if a head or category is unknown, with similar ones in the message, or a head is
     *     multi-label
     */
    public void requireFit(HeadSet heads) {
        categories.forEach((name, category) -> {
            Head head;
            try {
                head = heads.get(name);
                head.indexOf(category);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("rule '" + Excerpt.of(toString()) + "': " + e.getMessage(), e);
            }
            if (head.kind() != Head.Kind.SINGLE_LABEL) {
                throw new IllegalArgumentException("rule '" + Excerpt.of(toString()) + "': head '" + Excerpt.of(name)
                        + "' is " + head.kind() + "; a rule has heads with one category for an image");
            }
        });
    }

    /** Whether labels have all of its categories, and so contradict it. */
    public boolean forbids(Labels labels) {
        return categories.entrySet().stream()
                .allMatch(term -> labels.categories(term.getKey()).contains(term.getValue()));
    }

    /** For example {@code type=Van, brand=Audi}. */
    @Override
    public String toString() {
        return categories.entrySet().stream()
                .map(term -> term.getKey() + "=" + term.getValue())
                .collect(Collectors.joining(", "));
    }
}
