package io.github.multilabel.examples.program;

import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number for all heads, {@code 0.2}, or for one, {@code brand=0.2}.
 *
 * @param head empty for all
 */
record HeadValue<T extends Number>(Optional<String> head, T value) {

    /** Reads a number. */
    private interface Read<T> {
        T read(String text);
    }

    private static <T extends Number> HeadValue<T> parse(String text, String wanted, Read<T> read) {
        int equals = text.lastIndexOf('=');
        try {
            return new HeadValue<>(
                    equals < 0 ? Optional.empty() : Optional.of(text.substring(0, equals)),
                    read.read(text.substring(equals + 1)));
        } catch (NumberFormatException e) {
            throw new TypeConversionException(
                    "'" + text + "' is neither a number for all heads nor HEAD=" + wanted + " for one");
        }
    }

    /** Reads what {@code --dropout} takes. */
    static final class Rate implements ITypeConverter<HeadValue<Double>> {
        @Override
        public HeadValue<Double> convert(String text) {
            return parse(text, "RATE", Double::valueOf);
        }
    }

    /** Reads what {@code --hidden-units} takes. */
    static final class Units implements ITypeConverter<HeadValue<Integer>> {
        @Override
        public HeadValue<Integer> convert(String text) {
            return parse(text, "UNITS", Integer::valueOf);
        }
    }
}
