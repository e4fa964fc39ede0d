package io.github.multilabel.cli.program;

import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.evaluation.loss.Losses;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A value for all heads, {@code 0.2}, or for one, {@code brand=0.2}.
 *
 * @param head empty for all
 * @param text as it was typed
 */
record HeadValue<T>(Optional<String> head, T value, String text) {

    /** @param refusal what the text is if it cannot be read */
    private static <T> HeadValue<T> parse(String text, String refusal, Function<String, T> read) {
        int equals = text.lastIndexOf('=');
        try {
            return new HeadValue<>(
                    equals < 0 ? Optional.empty() : Optional.of(text.substring(0, equals)),
                    read.apply(text.substring(equals + 1)),
                    text);
        } catch (IllegalArgumentException | TypeConversionException e) {
            throw refused(text, refusal);
        }
    }

    private static TypeConversionException refused(String text, String refusal) {
        return new TypeConversionException("'" + text + "' is " + refusal);
    }

    private static String neither(String wanted, String name) {
        return "neither " + wanted + " for all heads nor HEAD=" + name + " for one";
    }

    /** Finds what a word names. */
    private static <T> Function<String, T> named(Map<String, T> values) {
        return word -> Optional.ofNullable(values.get(word.toLowerCase(Locale.ROOT)))
                .orElseThrow(IllegalArgumentException::new);
    }

    /** Reads a number with a fraction, as {@code --dropout} takes. */
    static final class Fraction implements ITypeConverter<HeadValue<Double>> {
        @Override
        public HeadValue<Double> convert(String text) {
            return parse(text, neither("a number", "NUMBER"), Double::valueOf);
        }
    }

    /** Reads what {@code --loss-weight} takes: a weight for all heads would change nothing. */
    static final class LossWeight implements ITypeConverter<HeadValue<Double>> {

        private static final String REFUSAL = "not HEAD=WEIGHT, a head and a number such as brand=2";

        @Override
        public HeadValue<Double> convert(String text) {
            HeadValue<Double> weight = parse(text, REFUSAL, Double::valueOf);
            if (weight.head().isEmpty()) {
                throw refused(text, REFUSAL);
            }
            return weight;
        }
    }

    /** Reads what {@code --hidden-units} takes. */
    static final class Units implements ITypeConverter<HeadValue<Integer>> {
        @Override
        public HeadValue<Integer> convert(String text) {
            return parse(text, neither("a whole number", "UNITS"), WholeNumber.INT::convert);
        }
    }

    /** Reads what {@code --loss} takes. */
    static final class Loss implements ITypeConverter<HeadValue<HeadLoss>> {

        private static final Map<String, HeadLoss> LOSSES = new TreeMap<>(Map.of(
                "cross-entropy", Losses.crossEntropy(),
                "binary-cross-entropy", Losses.binaryCrossEntropy(),
                "focal", Losses.focal(2),
                "asymmetric", Losses.asymmetric(),
                "ordinal", Losses.ordinal()));

        @Override
        public HeadValue<HeadLoss> convert(String text) {
            return parse(text, neither("one of " + LOSSES.keySet(), "LOSS"), named(LOSSES));
        }
    }

    /** Reads what {@code --class-weights} takes. */
    static final class Weights implements ITypeConverter<HeadValue<ClassWeights>> {

        private static final double MOST = 20;

        private static final Map<String, ClassWeights> WEIGHTS = new TreeMap<>(Map.of(
                "balanced", ClassWeights.balanced(),
                "effective-number", ClassWeights.effectiveNumber(),
                "positive", ClassWeights.positive(MOST)));

        @Override
        public HeadValue<ClassWeights> convert(String text) {
            return parse(text, neither("one of " + WEIGHTS.keySet(), "WEIGHTS"), named(WEIGHTS));
        }
    }
}
