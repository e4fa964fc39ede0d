package io.github.multilabel.cli.program;

import io.github.multilabel.core.internal.message.Excerpt;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.LongFunction;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a whole number, however it is written: files have {@code 1.0} and {@code 1e0} too.
 *
 * @param least the smallest number that there is
 * @param most the greatest
 * @param as makes it of the type that an option has
 */
record WholeNumber<T extends Number>(long least, long most, LongFunction<T> as) implements ITypeConverter<T> {

    private static final int LONGEST = 100;

    static final WholeNumber<Integer> INT =
            new WholeNumber<>(Integer.MIN_VALUE, Integer.MAX_VALUE, number -> (int) number);
    static final WholeNumber<Long> LONG = new WholeNumber<>(Long.MIN_VALUE, Long.MAX_VALUE, number -> number);

    @Override
    public T convert(String text) {
        BigDecimal number = number(text);
        if (number.compareTo(BigDecimal.valueOf(least)) < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new TypeConversionException(String.format(
                    Locale.ROOT,
                    "'%s' is too %s; whole numbers go from %,d to %,d here",
                    Excerpt.of(text),
                    number.signum() < 0 ? "small" : "large",
                    least,
                    most));
        }
        if (number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
            throw notWhole(text);
        }
        return as.apply(number.longValue());
    }

    private static BigDecimal number(String text) {
        if (text.length() > LONGEST) {
            throw notWhole(text);
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw notWhole(text);
        }
    }

    private static TypeConversionException notWhole(String text) {
        return new TypeConversionException("'" + Excerpt.of(text) + "' is not a whole number");
    }
}
