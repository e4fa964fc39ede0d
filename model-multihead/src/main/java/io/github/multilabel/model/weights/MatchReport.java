package io.github.multilabel.model.weights;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which tensors of a file became which parameters, and which did not.
 *
 * @param file the file
 * @param prefix what was removed from the start of its names, such as {@code module.}; empty if nothing
 * @param matched for each parameter that was found, in the order of the parameters, its name in the file
 * @param missing parameters that the file lacks; empty unless the matching allows some
 * @param classifier names in the file of a classifier's last layer, for which the parameters have no place
 * @param ignored names in the file that carry no weights (batch counters), or that the mapping of names dropped
 * @param unexpected other names in the file without a parameter; empty unless the matching allows some
 * @param matchedValues the number of values of the parameters that were found
 * @param values the number of values of all parameters
 */
public record MatchReport(
        Path file,
        String prefix,
        Map<String, String> matched,
        List<String> missing,
        List<String> classifier,
        List<String> ignored,
        List<String> unexpected,
        long matchedValues,
        long values) {

    /** The lists and the map are copied. */
    public MatchReport {
        matched = Collections.unmodifiableMap(new LinkedHashMap<>(matched));
        missing = List.copyOf(missing);
        classifier = List.copyOf(classifier);
        ignored = List.copyOf(ignored);
        unexpected = List.copyOf(unexpected);
    }

    /** Returns the fraction of the parameters' values that were found, 0 to 1. */
    public double fraction() {
        return (double) matchedValues / values;
    }

    /** Returns one line for a log. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %d of %d parameters, %.1f %% of %,d values",
                file.getFileName(),
                matched.size(),
                matched.size() + missing.size(),
                100 * fraction(),
                values));
        if (!prefix.isEmpty()) {
            line.append("; prefix '").append(prefix).append("' removed");
        }
        append(line, "missing", missing);
        append(line, "classifier not used", classifier);
        if (!ignored.isEmpty()) {
            line.append("; ignored: ").append(ignored.size());
        }
        append(line, "unexpected", unexpected);
        return line.toString();
    }

    private static void append(StringBuilder line, String what, List<String> names) {
        if (!names.isEmpty()) {
            line.append("; ").append(what).append(": ").append(shortened(names));
        }
    }

    private static String shortened(List<String> names) {
        int shown = 4;
        return names.size() <= shown
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, shown)) + " and " + (names.size() - shown) + " more";
    }
}
