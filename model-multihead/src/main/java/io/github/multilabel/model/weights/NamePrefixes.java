package io.github.multilabel.model.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What wrappers of a network put before the names of its parameters: {@code module.} of a parallel one, and so on. */
final class NamePrefixes {

    private static final List<String> KNOWN = List.of(
            "module.", "model.", "backbone.", "encoder.", "_orig_mod.", "net.", "network.", "base_model.", "trunk.");
    private static final int MOST = 4;

    private NamePrefixes() {}

    /** Of the prefixes that occur, the one that makes the most names parameters; the shortest of several. */
    static String best(Set<String> names, UnaryOperator<String> mapping, Set<String> parameters) {
        Set<String> candidates =
                new TreeSet<>(Comparator.comparingInt(String::length).thenComparing(Function.identity()));
        candidates.add("");
        names.forEach(name -> candidates.addAll(of(name)));
        String best = "";
        long most = 0;
        for (String candidate : candidates) {
            long count = names.stream()
                    .filter(name -> name.startsWith(candidate)
                            && parameters.contains(mapping.apply(name.substring(candidate.length()))))
                    .count();
            if (count > most) {
                best = candidate;
                most = count;
            }
        }
        return best;
    }

    /** A name behind all its prefixes. */
    static String without(String name) {
        List<String> prefixes = of(name);
        return prefixes.isEmpty()
                ? name
                : name.substring(prefixes.get(prefixes.size() - 1).length());
    }

    /** The prefixes of a name: one word, two words and so on. */
    private static List<String> of(String name) {
        List<String> prefixes = new ArrayList<>();
        String rest = name;
        while (prefixes.size() < MOST) {
            Optional<String> next = KNOWN.stream().filter(rest::startsWith).findFirst();
            if (next.isEmpty()) {
                break;
            }
            rest = rest.substring(next.get().length());
            prefixes.add(name.substring(0, name.length() - rest.length()));
        }
        return prefixes;
    }
}
