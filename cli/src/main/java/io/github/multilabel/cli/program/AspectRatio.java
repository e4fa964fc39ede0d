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

    /** Beyond, {@code ImageSize.withAspectRatio} takes it for this. */
    private static final double WIDEST = 3;

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
                double ratio = Double.parseDouble(text);
                if (ratio >= 1 / WIDEST && ratio <= WIDEST) {
                    return new AspectRatio(OptionalDouble.of(ratio));
                }
            } catch (NumberFormatException e) {
                // the same as a number that is none
            }
            throw new TypeConversionException("'" + text
                    + "' is no aspect ratio; write median, or width divided by height, 0.34 to 3, such as 1.5");
        }
    }
}
