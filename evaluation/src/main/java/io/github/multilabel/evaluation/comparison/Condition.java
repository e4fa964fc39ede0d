package io.github.multilabel.evaluation.comparison;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.evaluation.metrics.CategoryMetrics;
import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.evaluation.scoring.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on the difference {@code B - A} of a metric, as text: the metric, one of {@code < <= > >=}, and a number.
 *
 * <pre>{@code
 * brand.accuracy < -0.01
 * exact_match < 0
 * brand[Audi].recall < -0.05
 * brand.loss significantly > 0
 * }</pre>
 *
 * <p>A metric is named as {@link Comparison#metric} takes it; {@code precision}, {@code recall} and {@code f1} of a
 * category stand after {@code HEAD[CATEGORY]}. Names of heads and categories are written as they are, whatever
 * characters they have, and may stand in quotes. With the word {@code significantly}, the whole interval has to fulfil
 * the condition; categories have no intervals. Immutable.
 */
public final class Condition {

    private static final String SIGNIFICANTLY = "significantly";

    /** From its end, since names may have anything in them. */
    private static final Pattern FORM =
            Pattern.compile("(?s)(.+?)\\s*(<=|>=|<|>)\\s*([-+]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?)");

    private static final Map<String, ToDoubleFunction<CategoryMetrics>> OF_CATEGORIES = ofCategories();

    /** Digits after the point that are compared: more are of the machine, and 0.89 - 0.9 is not below -0.01. */
    private static final double DIGITS = 1e12;

    private final String text;
    private final String metric;
    private final boolean isSignificant;
    private final String operator;
    private final double number;

    private Condition(String text, String metric, boolean isSignificant, String operator, double number) {
        this.text = text;
        this.metric = metric;
        this.isSignificant = isSignificant;
        this.operator = operator;
        this.number = number;
    }

    private static Map<String, ToDoubleFunction<CategoryMetrics>> ofCategories() {
        Map<String, ToDoubleFunction<CategoryMetrics>> all = new LinkedHashMap<>();
        all.put("precision", CategoryMetrics::precision);
        all.put("recall", CategoryMetrics::recall);
        all.put("f1", CategoryMetrics::f1);
        return all;
    }

    /**
     * Reads a condition. Whether there is such a metric, {@link #of} finds out.
     *
     * @throws IllegalArgumentException if it is not of the form
     */
    public static Condition parse(String text) {
        String stripped =
                Given.require(text, "text", "e.g. \"brand.accuracy < -0.01\"").strip();
        Matcher parts = FORM.matcher(stripped);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + Excerpt.of(text)
                    + "' is no condition: a metric, one of < <= > >=, and a number that is a fraction are needed, such"
                    + " as 'brand.accuracy < -0.01' or 'brand[Audi].recall < -0.05', for the difference B - A");
        }
        String metric = parts.group(1);
        boolean isSignificant = metric.endsWith(" " + SIGNIFICANTLY);
        return new Condition(
                stripped,
                isSignificant
                        ? metric.substring(0, metric.length() - SIGNIFICANTLY.length())
                                .strip()
                        : metric,
                isSignificant,
                parts.group(2),
                Double.parseDouble(parts.group(3)));
    }

    /**
     * Checks the condition.
     *
     * @throws IllegalArgumentException if nothing of that name was compared; the message names similar names
     */
    public ConditionOutcome of(Comparison comparison) {
        Optional<MetricDifference> named = comparison.find(metric);
        if (named.isPresent()) {
            return outcome(named.get());
        }
        for (HeadComparison head : comparison.heads()) {
            for (String written : written(head.head().name())) {
                if (metric.startsWith(written + "[")) {
                    return ofCategory(head, metric.substring(written.length() + 1));
                }
            }
        }
        return outcome(comparison.metric(unquoted(comparison)));
    }

    private ConditionOutcome outcome(MetricDifference of) {
        return outcome(of.a(), of.b(), of.difference());
    }

    private String unquoted(Comparison comparison) {
        for (String head : comparison.headSet().names()) {
            for (String written : written(head)) {
                if (!written.equals(head) && metric.startsWith(written + ".")) {
                    return Metric.nameOf(head, metric.substring(written.length() + 1));
                }
            }
        }
        return metric;
    }

    private static List<String> written(String name) {
        return List.of(name, "\"" + name + "\"", "'" + name + "'");
    }

    private ConditionOutcome ofCategory(HeadComparison head, String rest) {
        int end = rest.lastIndexOf("].");
        if (end < 0) {
            throw new IllegalArgumentException("'" + Excerpt.of(metric) + "' has no metric after the category; write "
                    + head.head().name() + "[CATEGORY].recall");
        }
        String name = rest.substring(end + 2);
        ToDoubleFunction<CategoryMetrics> value = Optional.ofNullable(OF_CATEGORIES.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no metric '" + Excerpt.of(name)
                        + "' of categories is compared; " + NearMatches.thereAre(name, OF_CATEGORIES.keySet())));
        if (isSignificant) {
            throw new IllegalArgumentException("'" + Excerpt.of(text) + "': categories have no intervals, so that '"
                    + SIGNIFICANTLY + "' is only for metrics of heads; their tests are in the table and the JSON");
        }
        CategoryComparison category = head.category(category(head.head(), rest.substring(0, end)));
        double a = value.applyAsDouble(category.a());
        double b = value.applyAsDouble(category.b());
        return outcome(a, b, new Interval(b - a, Double.NaN, Double.NaN));
    }

    private static String category(Head head, String given) {
        return head.categories().stream()
                .filter(category -> written(category).contains(given))
                .findFirst()
                .orElse(given);
    }

    private ConditionOutcome outcome(double a, double b, Interval difference) {
        double compared = isSignificant ? nearest(difference) : difference.value();
        return new ConditionOutcome(text, a, b, difference, Double.isNaN(compared) ? Outcome.UNDEFINED : of(compared));
    }

    /** The bound that fulfils the condition last. */
    private double nearest(Interval difference) {
        return operator.startsWith("<") ? difference.high() : difference.low();
    }

    private Outcome of(double difference) {
        double rounded = Math.rint(difference * DIGITS) / DIGITS;
        boolean holds =
                switch (operator) {
                    case "<" -> rounded < number;
                    case "<=" -> rounded <= number;
                    case ">" -> rounded > number;
                    default -> rounded >= number;
                };
        return holds ? Outcome.HOLDS : Outcome.DOES_NOT_HOLD;
    }

    /** As it was given. */
    @Override
    public String toString() {
        return text;
    }

    /** What came of a condition. */
    public enum Outcome {
        /** It holds. */
        HOLDS("holds"),
        /** It does not hold. */
        DOES_NOT_HOLD("does not hold"),
        /** The difference, or with {@code significantly} its interval, is undefined: nobody knows. */
        UNDEFINED("is undefined");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /** For example {@code does not hold}. */
        @Override
        public String toString() {
            return words;
        }
    }
}
