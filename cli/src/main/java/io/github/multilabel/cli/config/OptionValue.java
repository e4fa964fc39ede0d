package io.github.multilabel.cli.config;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.internal.LazilyParsedNumber;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/** The value of an option as files have it: the texts that one would type, and null if it has none. */
final class OptionValue {

    /** What JSON can have without quotes. */
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9]\\d{0,30})(?:\\.\\d{1,30})?(?:[eE][+-]?\\d{1,4})?");

    private OptionValue() {}

    /**
     * The value of an option of a command that has parsed its arguments.
     *
     * @param otherwise what the option is if it was not given; empty for its own default
     */
    static JsonElement of(OptionSpec option, List<String> otherwise) {
        List<String> given = option.stringValues();
        if (given.isEmpty()) {
            return otherwise.isEmpty() ? ofDefault(option) : json(option, otherwise);
        }
        return json(option, given);
    }

    /** The value of an option that was not given. */
    static JsonElement ofDefault(OptionSpec option) {
        Object value = option.getValue();
        if (value instanceof Optional<?> optional) {
            value = optional.orElse(null);
        }
        if (value == null || value instanceof Collection<?> || value.getClass().isArray()) {
            return JsonNull.INSTANCE; // nobody's default has entries
        }
        String text = value instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : value.toString();
        return json(option, List.of(text));
    }

    private static JsonElement json(OptionSpec option, List<String> texts) {
        if (!option.isMultiValue()) {
            return scalar(option, texts.get(0));
        }
        if (new OptionArgument(option).needsNames()) {
            JsonObject named = new JsonObject();
            for (String text : texts) {
                int equals = text.lastIndexOf('=');
                named.add(text.substring(0, equals), number(text.substring(equals + 1)));
            }
            return named;
        }
        JsonArray list = new JsonArray();
        texts.forEach(text -> list.add(scalar(option, text)));
        return list;
    }

    private static JsonElement scalar(OptionSpec option, String text) {
        if (option.arity().max() == 0) {
            return new JsonPrimitive(Boolean.valueOf(text));
        }
        return isNumeric(option) ? number(text) : new JsonPrimitive(Secrets.masked(text));
    }

    private static JsonPrimitive number(String text) {
        return NUMBER.matcher(text).matches()
                ? new JsonPrimitive(new LazilyParsedNumber(text))
                : new JsonPrimitive(Secrets.masked(text));
    }

    private static boolean isNumeric(OptionSpec option) {
        Class<?>[] types = option.auxiliaryTypes();
        Class<?> last = types[types.length - 1];
        return Number.class.isAssignableFrom(last)
                || List.of(int.class, long.class, double.class).contains(last);
    }
}
