package io.github.multilabel.cli.program;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --parent} takes: {@code model=brand,type}, or {@code none}.
 *
 * @param child the finer head; empty for {@code none}
 * @param parents the heads that it determines
 */
public record ParentOption(String child, List<String> parents) {

    private static final String NONE = "none";
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    /** Copies the list. */
    public ParentOption {
        parents = List.copyOf(parents);
    }

    /** Whether no head is to determine another. */
    boolean isNone() {
        return parents.isEmpty();
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if a text is neither {@code HEAD=PARENT,...} nor {@code none}
     */
    public static ParentOption parse(String text) {
        if (text.equals(NONE)) {
            return new ParentOption("", List.of());
        }
        int equals = text.indexOf('=');
        List<String> parents = Stream.of(COMMA.split(text.substring(equals + 1), -1))
                .map(String::strip)
                .toList();
        if (equals < 1 || parents.contains("")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither HEAD=PARENT[,PARENT...], such as model=brand,type, nor none");
        }
        return new ParentOption(text.substring(0, equals).strip(), parents);
    }

    /** Reads it from a command line. */
    static final class Converter implements ITypeConverter<ParentOption> {
        @Override
        public ParentOption convert(String text) {
            try {
                return parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
