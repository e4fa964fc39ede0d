package io.github.multilabel.model.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Rules that rename parameters: regular expressions and their replacements, applied in turn to every match in a name. A
 * name that becomes empty is dropped.
 *
 * <pre>{@code
 * WeightMatching.strict().withNames(NameRules.of(
 *         "^stem\\.0\\.", "conv_stem.",
 *         "^blocks\\.(\\d+)\\.bn\\.", "blocks.$1.norm.",
 *         "^mask_token$", ""));
 * }</pre>
 *
 * <p>For one thread while rules are added; afterwards threads may share it.
 */
public final class NameRules implements UnaryOperator<String> {

    private final Map<Pattern, String> rules = new LinkedHashMap<>();

    private NameRules() {}

    /**
     * Rules in the order in which they are applied.
     *
     * @param expressionsAndReplacements in turn an expression of {@link Pattern} and its replacement, as in
     *     {@link java.util.regex.Matcher#replaceAll(String)}
     * @throws IllegalArgumentException if an expression is not valid or has no replacement
     */
    public static NameRules of(String... expressionsAndReplacements) {
        if (expressionsAndReplacements.length % 2 != 0) {
            throw new IllegalArgumentException("rules are pairs of expression and replacement, got "
                    + expressionsAndReplacements.length + " texts");
        }
        NameRules rules = new NameRules();
        for (int i = 0; i < expressionsAndReplacements.length; i += 2) {
            try {
                rules.rules.put(Pattern.compile(expressionsAndReplacements[i]), expressionsAndReplacements[i + 1]);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "'" + expressionsAndReplacements[i] + "' is not a regular expression: " + e.getMessage(), e);
            }
        }
        return rules;
    }

    /** The name that the rules make of one. */
    @Override
    public String apply(String name) {
        String result = name;
        for (Map.Entry<Pattern, String> rule : rules.entrySet()) {
            result = rule.getKey().matcher(result).replaceAll(rule.getValue());
        }
        return result;
    }
}
