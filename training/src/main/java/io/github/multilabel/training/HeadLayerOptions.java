package io.github.multilabel.training;

import static io.github.multilabel.training.OptionCheck.check;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.heads.HeadLayers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
     * All that is wrong.
     *
     * @param heads of the training, or null if they are not known
     */
    List<String> problems(HeadSet heads) {
        List<String> wrong = new ArrayList<>();
        check("optDropout", () -> HeadLayers.linear().withDropout(dropout), wrong);
        hidden.ifPresent(units -> check("optHidden", () -> HeadLayers.linear().withHidden(units), wrong));
        dropouts.forEach((head, rate) ->
                check(named("optDropout", head), () -> HeadLayers.linear().withDropout(rate), wrong));
        hiddens.forEach((head, units) ->
                check(named("optHidden", head), () -> HeadLayers.linear().withHidden(units), wrong));
        if (heads != null) {
            dropouts.keySet().forEach(head -> check("optDropout", () -> heads.get(head), wrong));
            hiddens.keySet().forEach(head -> check("optHidden", () -> heads.get(head), wrong));
        }
        return wrong;
    }

    private static String named(String option, String head) {
        return option + "(\"" + head + "\", ...)";
    }
}
