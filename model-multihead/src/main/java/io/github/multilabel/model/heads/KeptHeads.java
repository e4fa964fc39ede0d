package io.github.multilabel.model.heads;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a model takes over from the heads of another that it begins with. A head of the same name, kind and hidden layer
 * keeps its weights: its hidden layer, and the weights and bias of each category that it had. Categories are told apart
 * by their names, whatever their order.
 *
 * @param kept the heads that both models have, in the order of the new one
 * @param changed the heads of both models that start anew, because their kind or their hidden layer is another
 * @param added the names of heads that only the new model has
 * @param leftOut the names of heads that only the first model had
 */
public record KeptHeads(List<Kept> kept, List<String> changed, List<String> added, List<String> leftOut) {

    /**
     * A head that keeps weights.
     *
     * @param name of the head
     * @param categories those that it had before, in the new order
     * @param added categories that start anew
     * @param leftOut categories that it has no longer
     */
    public record Kept(String name, List<String> categories, List<String> added, List<String> leftOut) {

        /** Copies the lists. */
        public Kept {
            categories = List.copyOf(categories);
            added = List.copyOf(added);
            leftOut = List.copyOf(leftOut);
        }

        private static Kept of(Head before, Head now) {
            return new Kept(
                    now.name(),
                    both(now.categories(), before.categories()),
                    without(now.categories(), before.categories()),
                    without(before.categories(), now.categories()));
        }

        /** For example {@code brand (49 categories; new: [Rivian])}. */
        @Override
        public String toString() {
            return name + " (" + count(categories.size(), "category", "categories")
                    + (added.isEmpty() ? "" : "; new: " + Excerpt.of(added))
                    + (leftOut.isEmpty() ? "" : "; left out: " + Excerpt.of(leftOut)) + ")";
        }
    }

    /** Copies the lists. */
    public KeptHeads {
        kept = List.copyOf(kept);
        changed = List.copyOf(changed);
        added = List.copyOf(added);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Compares the heads of two models.
     *
     * @param layersBefore of heads that were more than one linear layer, by name
     * @param layers of heads that are more than one linear layer, by name
     */
    public static KeptHeads of(
            HeadSet before, Map<String, HeadLayers> layersBefore, HeadSet now, Map<String, HeadLayers> layers) {
        List<Kept> kept = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (String name : both(now.names(), before.names())) {
            boolean isSame = before.get(name).kind() == now.get(name).kind()
                    && layer(layersBefore, name)
                            .hidden()
                            .equals(layer(layers, name).hidden());
            if (isSame) {
                kept.add(Kept.of(before.get(name), now.get(name)));
            } else {
                changed.add(name);
            }
        }
        return new KeptHeads(kept, changed, without(now.names(), before.names()), without(before.names(), now.names()));
    }

    private static HeadLayers layer(Map<String, HeadLayers> layers, String head) {
        return layers.getOrDefault(head, HeadLayers.linear());
    }

    private static List<String> both(List<String> names, List<String> others) {
        return names.stream().filter(Set.copyOf(others)::contains).toList();
    }

    private static List<String> without(List<String> names, List<String> others) {
        return names.stream()
                .filter(Predicate.not(Set.copyOf(others)::contains))
                .toList();
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** The head as it was kept; empty if it starts anew. */
    public Optional<Kept> find(String head) {
        return kept.stream().filter(one -> one.name().equals(head)).findFirst();
    }

    /** One line, for example {@code keeps [brand (49 categories; new: [Rivian])]; new heads: [colour]}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        parts.add(
                kept.isEmpty()
                        ? "keeps no head"
                        : "keeps "
                                + Excerpt.of(kept.stream().map(Kept::toString).toList()));
        add(parts, "new heads: ", added);
        add(parts, "anew, since their kind or hidden layer is another: ", changed);
        add(parts, "left out: ", leftOut);
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, String what, List<String> heads) {
        if (!heads.isEmpty()) {
            parts.add(what + Excerpt.of(heads));
        }
    }
}
