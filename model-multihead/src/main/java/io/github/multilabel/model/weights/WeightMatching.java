package io.github.multilabel.model.weights;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * How the names in a weight file are matched with the names of parameters.
 *
 * <p>One prefix made of {@code module.}, {@code model.}, {@code backbone.}, {@code encoder.} and the like is removed
 * from all names of the file, the one with which most of them are parameters. Then names must agree, and shapes too,
 * but for axes of length 1 at their end: nothing is ever transposed, cut or repeated. Batch counters
 * ({@code num_batches_tracked}) are ignored, and a classifier's last layer ({@code fc}, {@code classifier},
 * {@code head} and the like) may stay unused.
 *
 * @param names from a name in the file, without its prefix, to that of a parameter, such as {@link NameRules}; an empty
 *     result drops the name
 * @param leastFraction the fraction of the parameters' values that must be found, above 0 to 1; with 1, every name of
 *     the file must have a place as well
 */
public record WeightMatching(UnaryOperator<String> names, double leastFraction) {

    private static final Set<String> CLASSIFIERS =
            Set.of("fc", "_fc", "classifier", "head", "heads", "head_dist", "last_linear");
    /** Of batches in a batch norm, and of models in an average of them. */
    private static final Set<String> COUNTERS = Set.of("num_batches_tracked", "n_averaged");

    /** @throws IllegalArgumentException if the fraction is not above 0 and at most 1 */
    public WeightMatching {
        Objects.requireNonNull(names, "names");
        if (!(leastFraction > 0 && leastFraction <= 1)) {
            throw new IllegalArgumentException(
                    "the least fraction of values to be found must be above 0 and at most 1, got " + leastFraction);
        }
    }

    /** Every parameter must be found, and every name in the file must have a place. */
    public static WeightMatching strict() {
        return new WeightMatching(UnaryOperator.identity(), 1);
    }

    /**
     * Parameters may be missing and names unexpected, as long as enough is found; shapes must agree all the same.
     *
     * @param leastFraction the fraction of the parameters' values that must be found, above 0 and below 1
     */
    public static WeightMatching lenient(double leastFraction) {
        return new WeightMatching(UnaryOperator.identity(), leastFraction);
    }

    /** The same with another mapping of names. */
    public WeightMatching withNames(UnaryOperator<String> names) {
        return new WeightMatching(names, leastFraction);
    }

    /**
     * Finds for each parameter its tensor in a file, without reading a value.
     *
     * @param file not closed here
     * @param parameters the names and shapes to be filled
     * @throws IllegalArgumentException if there are no parameters
     * @throws IOException if the file does not fit; the message lists all that is missing, unexpected or misshapen
     */
    public MatchReport match(WeightFile file, Map<String, Shape> parameters) throws IOException {
        return match(file.path(), file.tensors(), parameters);
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
        String prefix = NamePrefixes.best(tensors.keySet(), this::mapped, parameters.keySet());
        Mismatch mismatch = new Mismatch(file);
        Map<String, String> sources = new HashMap<>();
        List<String> classifier = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        List<String> unexpected = new ArrayList<>();
        for (String name : tensors.keySet()) {
            boolean inside = name.startsWith(prefix);
            String mapped = inside ? mapped(name.substring(prefix.length())) : name;
            if (inside && parameters.containsKey(mapped)) {
                String other = sources.put(mapped, name);
                mismatch.addIf(other != null, "twice: '" + other + "' and '" + name + "' are both '" + mapped + "'");
            } else if (mapped.isEmpty() || COUNTERS.contains(last(mapped))) {
                ignored.add(name);
            } else if (CLASSIFIERS.contains(first(NamePrefixes.without(mapped)))) {
                classifier.add(name);
            } else {
                unexpected.add(name);
            }
        }
        if (sources.isEmpty()) {
            throw Mismatch.nothing(file, tensors.keySet(), parameters.keySet());
        }
        Map<String, String> matched = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        long matchedValues = 0;
        long values = 0;
        for (Map.Entry<String, Shape> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            Shape shape = parameter.getValue();
            values += shape.size();
            String source = sources.get(name);
            if (source != null) {
                matched.put(name, source);
                matchedValues += shape.size();
                mismatch.compare(Objects.requireNonNull(tensors.get(source), source), name, shape);
            } else {
                missing.add(name);
            }
        }
        MatchReport report =
                new MatchReport(file, prefix, matched, missing, classifier, ignored, unexpected, matchedValues, values);
        mismatch.requireEnough(report, leastFraction);
        return report;
    }

    private String mapped(String name) {
        return Objects.requireNonNull(
                names.apply(name),
                () -> "the mapping of names gave null for '" + name + "'; an empty text drops a name");
    }

    private static String first(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
