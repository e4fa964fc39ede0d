package io.github.multilabel.cli.config;

import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/**
 * One argument with an option and its value, written so that picocli reads that very value. Picocli splits the values
 * of some options at commas, and takes quotes away, once from what is attached to an option and once more from each
 * part of it: what it would change is wrapped in as many quotes.
 */
record OptionArgument(OptionSpec option) {

    /** {@code HEAD=WEIGHT}, {@code [HEAD=]LOSS}. */
    private static final Pattern NAMED = Pattern.compile("\\[?[A-Z]+=.*");

    private static final String QUOTE = "\"";

    /** Whether it has no value. */
    boolean isFlag() {
        return option.arity().max() == 0;
    }

    /** Whether its values may have names, such as those of heads. */
    boolean takesNames() {
        return option.isMultiValue() && NAMED.matcher(option.paramLabel()).matches();
    }

    /** Whether each of its values has a name. */
    boolean needsNames() {
        return takesNames() && !option.paramLabel().startsWith("[");
    }

    String ofFlag(String truth) {
        return of(truth);
    }

    /** A value as it is typed: of an option that takes several it may be several, with commas between them. */
    String ofText(String value) {
        if (option.isMultiValue()) {
            return of(value);
        }
        return of(isQuoted(value) ? QUOTE + value + QUOTE : value); // taken away as they are, without unescaping
    }

    /** One of several values, whatever characters it has. */
    String ofEntry(String value) {
        if (option.splitRegex().isEmpty()) {
            return of(isQuoted(value) ? wrapped(value) : value);
        }
        boolean isChanged = value.contains(QUOTE)
                || Pattern.compile(option.splitRegex()).matcher(value).find();
        return of(isChanged ? wrapped(wrapped(value)) : value);
    }

    /** A value with a name. */
    String ofNamed(String name, String value) {
        return ofEntry(name + "=" + value);
    }

    private static boolean isQuoted(String value) {
        return value.length() > 1 && value.startsWith(QUOTE) && value.endsWith(QUOTE);
    }

    private static String wrapped(String value) {
        return QUOTE + value.replace("\\", "\\\\").replace(QUOTE, "\\\"") + QUOTE;
    }

    private String of(String value) {
        return option.longestName() + "=" + value;
    }
}
