package io.github.multilabel.core;

import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.message.NearMatches;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A head of a model: a name and the categories that it predicts for every image, for example the brand of a car.
 *
 * <pre>{@code
 * Head type = Head.singleLabel("type", "Convertible", "Coupe", "SUV", "Van", "Other");
 * type.indexOf("SUV"); // 2
 * }</pre>
 *
 * <p>The order of the categories is never changed: category {@code i} is logit {@code i}. Immutable.
 *
 * @param name the head's name, unique within its {@link HeadSet}; any visible text
 * @param categories the names of the categories in the order of the logits, all different, none blank
 * @param kind whether an image has exactly one of them or any number
 */
public record Head(String name, List<String> categories, Kind kind) {

    private static final String WANTED = "the names of its categories, e.g. \"Coupe\", \"SUV\"";

    /** The number of categories that an image can have. */
    public enum Kind {
        /** Exactly one: softmax and cross entropy. */
        SINGLE_LABEL,
        /** Any number, none included: one sigmoid and one binary cross entropy per category. */
        MULTI_LABEL
    }

    /**
     * @throws IllegalArgumentException if the name is not usable, a category is blank or appears twice, or there are
     *     too few: a single-label head needs two, a multi-label head one
     */
    public Head {
        Given.require(name, "name", "the name of the head, e.g. \"type\"");
        Given.require(kind, "kind", "SINGLE_LABEL or MULTI_LABEL");
        Given.require(categories, "categories", WANTED);
        categories.forEach(category -> Given.require(category, "categories", WANTED));
        if (name.isBlank() || !name.equals(name.strip()) || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("head name '" + Excerpt.of(name)
                    + "' is not usable: it needs at least one visible character, no blanks at its ends and no control"
                    + " characters");
        }
        categories = List.copyOf(categories);
        Set<String> seen = new HashSet<>();
        for (String category : categories) {
            if (category.isBlank()) {
                throw new IllegalArgumentException(
                        "head '" + Excerpt.of(name) + "': a category in " + Excerpt.of(categories)
                                + " is blank; give it a name, or leave it out and label its images as missing");
            }
            if (!seen.add(category)) {
                throw new IllegalArgumentException("head '" + Excerpt.of(name) + "': category '" + Excerpt.of(category)
                        + "' appears twice in " + Excerpt.of(categories) + "; names must differ");
            }
        }
        int least = kind == Kind.SINGLE_LABEL ? 2 : 1;
        if (categories.size() < least) {
            throw new IllegalArgumentException(
                    "head '" + Excerpt.of(name) + "': a " + kind + " head needs at least " + least
                            + (least == 1 ? " category" : " categories") + ", got " + Excerpt.of(categories)
                            + "; with one category there is nothing to learn");
        }
    }

    /** Returns a head with exactly one category per image (multi-class classification). */
    public static Head singleLabel(String name, List<String> categories) {
        return new Head(name, categories, Kind.SINGLE_LABEL);
    }

    /** Returns a head with exactly one category per image (multi-class classification). */
    public static Head singleLabel(String name, String... categories) {
        return singleLabel(name, Arrays.asList(Given.require(categories, "categories", WANTED)));
    }

    /** Returns a head with any number of categories per image (multi-label classification, tags). */
    public static Head multiLabel(String name, List<String> categories) {
        return new Head(name, categories, Kind.MULTI_LABEL);
    }

    /** Returns a head with any number of categories per image (multi-label classification, tags). */
    public static Head multiLabel(String name, String... categories) {
        return multiLabel(name, Arrays.asList(Given.require(categories, "categories", WANTED)));
    }

    /** The number of categories K, which is the number of logits. */
    public int size() {
        return categories.size();
    }

    /**
     * Returns the index of a category.
     *
     * @param category the name of a category
     * @return in [0, K)
     * @throws IllegalArgumentException if this head has no such category; the message names similar ones
     */
    public int indexOf(String category) {
        int index = categories.indexOf(category);
        if (index < 0) {
            throw new IllegalArgumentException("head '" + Excerpt.of(name) + "': '" + Excerpt.of(category)
                    + "' is not one of its " + NearMatches.describe(category, categories));
        }
        return index;
    }

    /**
     * Returns the name of the category at an index.
     *
     * @throws IllegalArgumentException if the index is outside [0, size)
     */
    public String category(int index) {
        if (index < 0 || index >= categories.size()) {
            throw new IllegalArgumentException("head '" + Excerpt.of(name) + "': category index " + index
                    + " is outside [0, " + categories.size() + "), its categories are " + Excerpt.of(categories));
        }
        return categories.get(index);
    }
}
