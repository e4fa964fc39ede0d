package io.github.multilabel.cli.program;

import io.github.multilabel.core.internal.message.Excerpt;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long something may take: {@code 90s}, {@code 60m}, {@code 1h30m}. */
final class TimeSpan implements ITypeConverter<Duration> {

    /** Numbers of up to six digits, so that no sum is too large. */
    private static final Pattern PARTS =
            Pattern.compile("(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?", Pattern.CASE_INSENSITIVE);

    private static final String RANGE = " 60m or 90s, from 1s and up to six digits each";

    @Override
    public Duration convert(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        if (text.isBlank() || !parts.matches()) {
            throw new TypeConversionException("'" + Excerpt.of(text)
                    + "' is not a time: write whole hours, minutes and seconds with their letters, such as 1h30m,"
                    + RANGE);
        }
        Duration time =
                Duration.ofHours(number(parts, 1)).plusMinutes(number(parts, 2)).plusSeconds(number(parts, 3));
        if (time.isZero()) {
            throw new TypeConversionException("'" + Excerpt.of(text) + "' is no time: write" + RANGE);
        }
        return time;
    }

    private static long number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
