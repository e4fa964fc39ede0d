package io.github.multilabel.data.internal.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** How a value becomes the text of a cell; times are ISO 8601, which Parquet's own texts are not. */
@FunctionalInterface
interface ValueText {

    /** Text, whose bytes must be UTF-8. */
    ValueText TEXT = reader -> StandardCharsets.UTF_8
            .newDecoder()
            .decode(reader.getBinary().toByteBuffer())
            .toString();

    /** Above it, doubles skip whole numbers. */
    double WHOLE = 1L << 53;

    /**
     * The value at which a reader is.
     *
     * @return empty if the label is missing
     * @throws CharacterCodingException if its bytes are no text
     */
    String of(ColumnReader reader) throws CharacterCodingException;

    /**
     * Finds out how.
     *
     * @param names of the numbers from 0, where they are known
     * @return empty if such values are no labels
     */
    static Optional<ValueText> of(PrimitiveType type, List<String> names) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        return Optional.ofNullable(
                switch (type.getPrimitiveTypeName()) {
                    case BOOLEAN -> reader -> String.valueOf(reader.getBoolean());
                    case INT32 ->
                        isUnsigned(meaning)
                                ? reader -> named(names, Integer.toUnsignedLong(reader.getInteger()), meaning)
                                : reader -> named(names, reader.getInteger(), meaning);
                    case INT64 -> reader -> named(names, reader.getLong(), meaning);
                    case FLOAT -> reader -> fraction(reader.getFloat(), Float.toString(reader.getFloat()));
                    case DOUBLE -> reader -> fraction(reader.getDouble(), Double.toString(reader.getDouble()));
                    case BINARY, FIXED_LEN_BYTE_ARRAY ->
                        meaning instanceof DecimalLogicalTypeAnnotation decimal
                                ? reader -> decimal(
                                        new BigInteger(reader.getBinary().getBytes()), decimal)
                                : isText(meaning) ? TEXT : null;
                    case INT96 -> null;
                });
    }

    private static boolean isUnsigned(@Nullable LogicalTypeAnnotation meaning) {
        return meaning instanceof IntLogicalTypeAnnotation whole && !whole.isSigned();
    }

    /** Old writers say nothing of what is text. */
    private static boolean isText(@Nullable LogicalTypeAnnotation meaning) {
        return meaning == null
                || meaning instanceof StringLogicalTypeAnnotation
                || meaning instanceof EnumLogicalTypeAnnotation
                || meaning instanceof JsonLogicalTypeAnnotation;
    }

    /** Data sets of Hugging Face have -1 where a label is not known. */
    private static String named(List<String> names, long number, @Nullable LogicalTypeAnnotation meaning) {
        if (names.isEmpty() || number < -1 || number >= names.size()) {
            return whole(number, meaning);
        }
        return number == -1 ? "" : names.get((int) number);
    }

    private static String whole(long number, @Nullable LogicalTypeAnnotation meaning) {
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            return decimal(BigInteger.valueOf(number), decimal);
        }
        if (meaning instanceof DateLogicalTypeAnnotation) {
            return LocalDate.ofEpochDay(number).toString();
        }
        if (meaning instanceof TimeLogicalTypeAnnotation time) {
            return DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.MIDNIGHT.plus(number, unit(time.getUnit())));
        }
        if (meaning instanceof TimestampLogicalTypeAnnotation timestamp) {
            LocalDateTime time =
                    LocalDateTime.ofInstant(Instant.EPOCH.plus(number, unit(timestamp.getUnit())), ZoneOffset.UTC);
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time) + (timestamp.isAdjustedToUTC() ? "Z" : "");
        }
        return isUnsigned(meaning) ? Long.toUnsignedString(number) : Long.toString(number);
    }

    private static String decimal(BigInteger digits, DecimalLogicalTypeAnnotation decimal) {
        return new BigDecimal(digits, decimal.getScale()).toPlainString();
    }

    private static ChronoUnit unit(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> ChronoUnit.MILLIS;
            case MICROS -> ChronoUnit.MICROS;
            case NANOS -> ChronoUnit.NANOS;
        };
    }

    /** Whole numbers as such: pandas makes fractions of them where a value is missing, and NaN of that. */
    private static String fraction(double value, String text) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (Double.isInfinite(value) || Math.abs(value) > WHOLE) {
            return text;
        }
        return value == Math.rint(value)
                ? String.valueOf((long) value)
                : new BigDecimal(text).stripTrailingZeros().toPlainString();
    }
}
