package io.github.multilabel.cli.program;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The shape of a model's input.
 *
 * @param given width divided by height; empty for the median of the training images
 */
record AspectRatio(OptionalDouble given) {

    static final AspectRatio MEDIAN = new AspectRatio(OptionalDouble.empty());

    /** Width divided by height. */
    double of(DoubleSupplier median) {
        return given.isPresent() ? given.getAsDouble() : median.getAsDouble();
    }

    /** Reads {@code median} and {@code 1.5}. */
    static final class Text implements ITypeConverter<AspectRatio> {

        @Override
        public AspectRatio convert(String text) {
            if (text.strip().toLowerCase(Locale.ROOT).equals("median")) {
                return MEDIAN;
            }
            try {
                return new AspectRatio(OptionalDouble.of(Double.parseDouble(text)));
            } catch (NumberFormatException e) {
                throw new TypeConversionException(
                        "'" + text + "' is no aspect ratio; write median, or width divided by height such as 1.5");
            }
        }
    }
}
