package io.github.multilabel.model.weights;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How the names in a weight file are matched with the names of parameters.
 *
 * <p>One prefix made of {@code module.}, {@code model.}, {@code backbone.}, {@code encoder.} and the like is removed
 * from all names of the file, the one with which most of them are parameters. Then names must agree, and shapes too:
 * nothing is ever reshaped, cut or repeated. Batch counters ({@code num_batches_tracked}) are ignored, and a
 * classifier's last layer ({@code fc}, {@code classifier}, {@code head} and the like) may stay unused.
 *
 * @param names from a name in the file, without its prefix, to that of a parameter, such as {@link NameRules}; an empty
 *     result drops the name
 * @param leastShare the share of the parameters' values that must be found, above 0 to 1; with 1, every name of the
 *     file must have a place as well
 */
public record WeightMatching(UnaryOperator<String> names, double leastShare) {

    private static final List<String> PREFIXES = List.of(
            "module.", "model.", "backbone.", "encoder.", "_orig_mod.", "net.", "network.", "base_model.", "trunk.");

    private static final int MOST_PREFIXES = 4;

    private static final Set<String> CLASSIFIERS =
            Set.of("fc", "_fc", "classifier", "head", "heads", "head_dist", "last_linear");
    private static final String BATCH_COUNTER = "num_batches_tracked";

    /** @throws IllegalArgumentException if the share is not above 0 and at most 1 */
    public WeightMatching {
        Objects.requireNonNull(names, "names");
        if (!(leastShare > 0 && leastShare <= 1)) {
            throw new IllegalArgumentException(
                    "the least share of values to be found must be above 0 and at most 1, got " + leastShare);
        }
    }

    /** Every parameter must be found, and every name in the file must have a place. */
    public static WeightMatching strict() {
        return new WeightMatching(UnaryOperator.identity(), 1);
    }

    /**
     * Parameters may be missing and names unexpected, as long as enough is found; shapes must agree all the same.
     *
     * @param leastShare the share of the parameters' values that must be found, above 0 and below 1
     */
    public static WeightMatching lenient(double leastShare) {
        return new WeightMatching(UnaryOperator.identity(), leastShare);
    }

    /** The same with another mapping of names. */
    public WeightMatching withNames(UnaryOperator<String> names) {
        return new WeightMatching(names, leastShare);
    }

    /**
     * Finds for each parameter its tensor.
     *
     * @param file the file, for messages
     * @param tensors what it holds
     * @param parameters the names and shapes to be filled
     * @throws IllegalArgumentException if there are no parameters
     * @throws IOException if the file does not fit; the message lists all that is missing, unexpected or misshapen
     */
    MatchReport match(Path file, Map<String, TensorInfo> tensors, Map<String, Shape> parameters) throws IOException {
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("there are no parameters to be filled from '" + file + "'");
        }
        String prefix = prefix(tensors.keySet(), parameters.keySet());
        Mismatch mismatch = new Mismatch(file);
        Map<String, String> sources = new HashMap<>();
        List<String> classifier = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        List<String> unexpected = new ArrayList<>();
        for (String name : tensors.keySet()) {
            String mapped = name.startsWith(prefix) ? mapped(name, prefix) : name;
            if (name.startsWith(prefix) && parameters.containsKey(mapped)) {
                String other = sources.put(mapped, name);
                mismatch.addIf(other != null, "twice: '" + other + "' and '" + name + "' are both '" + mapped + "'");
            } else if (mapped.isEmpty() || last(mapped).equals(BATCH_COUNTER)) {
                ignored.add(name);
            } else if (CLASSIFIERS.contains(first(mapped))) {
                classifier.add(name);
            } else {
                unexpected.add(name);
            }
        }
        MatchReport report = report(file, prefix, parameters, sources, classifier, ignored, unexpected);
        if (report.matched().isEmpty()) {
            throw Mismatch.nothing(file, tensors.keySet(), parameters.keySet());
        }
        report.matched()
                .forEach(
                        (parameter, name) -> mismatch.compare(tensors.get(name), parameter, parameters.get(parameter)));
        mismatch.requireEnough(report, leastShare);
        return report;
    }

    private static MatchReport report(
            Path file,
            String prefix,
            Map<String, Shape> parameters,
            Map<String, String> sources,
            List<String> classifier,
            List<String> ignored,
            List<String> unexpected) {
        Map<String, String> matched = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        long matchedValues = 0;
        long values = 0;
        for (Map.Entry<String, Shape> parameter : parameters.entrySet()) {
            long size = parameter.getValue().size();
            values += size;
            String source = sources.get(parameter.getKey());
            if (source == null) {
                missing.add(parameter.getKey());
            } else {
                matched.put(parameter.getKey(), source);
                matchedValues += size;
            }
        }
        return new MatchReport(file, prefix, matched, missing, classifier, ignored, unexpected, matchedValues, values);
    }

    private String mapped(String name, String prefix) {
        return Objects.requireNonNull(
                names.apply(name.substring(prefix.length())),
                () -> "the mapping of names gave null for '" + name + "'; an empty text drops a name");
    }

    /** Of the prefixes that occur, the one that makes the most names parameters; the shortest of several. */
    private String prefix(Set<String> names, Set<String> parameters) {
        Set<String> candidates =
                new TreeSet<>(Comparator.comparingInt(String::length).thenComparing(Function.identity()));
        candidates.add("");
        for (String name : names) {
            candidates.addAll(prefixesOf(name));
        }
        String best = "";
        long most = 0;
        for (String candidate : candidates) {
            long count = names.stream()
                    .filter(name -> name.startsWith(candidate) && parameters.contains(mapped(name, candidate)))
                    .count();
            if (count > most) {
                best = candidate;
                most = count;
            }
        }
        return best;
    }

    /** The known prefixes with which a name starts, one, two, three of them and so on. */
    private static List<String> prefixesOf(String name) {
        List<String> prefixes = new ArrayList<>();
        String rest = name;
        while (prefixes.size() < MOST_PREFIXES) {
            Optional<String> next = PREFIXES.stream().filter(rest::startsWith).findFirst();
            if (next.isEmpty()) {
                break;
            }
            rest = rest.substring(next.get().length());
            prefixes.add(name.substring(0, name.length() - rest.length()));
        }
        return prefixes;
    }

    /** The first part of a name behind known prefixes. */
    private static String first(String name) {
        List<String> prefixes = prefixesOf(name);
        int start = prefixes.isEmpty() ? 0 : prefixes.get(prefixes.size() - 1).length();
        int dot = name.indexOf('.', start);
        return dot < 0 ? name.substring(start) : name.substring(start, dot);
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
