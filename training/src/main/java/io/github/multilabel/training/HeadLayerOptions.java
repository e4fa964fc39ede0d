package io.github.multilabel.training;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.model.heads.HeadLayers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** What the builder was told about the layers of heads: of all, and of single ones by name. */
final class HeadLayerOptions {

    double dropout;
    OptionalInt hidden = OptionalInt.empty();
    final Map<String, Double> dropouts = new LinkedHashMap<>();
    final Map<String, Integer> hiddens = new LinkedHashMap<>();

    /** The layers of each head. */
    Map<String, HeadLayers> of(HeadSet heads) {
        Map<String, HeadLayers> layers = new LinkedHashMap<>();
        for (Head head : heads) {
            String name = head.name();
            OptionalInt units = hiddens.containsKey(name) ? OptionalInt.of(hiddens.get(name)) : hidden;
            layers.put(name, new HeadLayers(units, dropouts.getOrDefault(name, dropout)));
        }
        return layers;
    }

    /**
     * Adds all that is wrong.
     *
     * @param heads of the training, or null if they are not known
     */
    void check(HeadSet heads, Problems problems) {
        problems.check("optDropout", () -> HeadLayers.linear().withDropout(dropout));
        hidden.ifPresent(
                units -> problems.check("optHidden", () -> HeadLayers.linear().withHidden(units)));
        dropouts.forEach((head, rate) -> problems.check(
                "optDropout", named(head), () -> HeadLayers.linear().withDropout(rate)));
        hiddens.forEach((head, units) -> problems.check(
                "optHidden", named(head), () -> HeadLayers.linear().withHidden(units)));
        if (heads != null) {
            dropouts.keySet().forEach(head -> problems.check("optDropout", () -> heads.get(head)));
            hiddens.keySet().forEach(head -> problems.check("optHidden", () -> heads.get(head)));
        }
    }

    private static String named(String head) {
        return "\"" + head + "\", ...";
    }
}
