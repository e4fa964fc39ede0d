package io.github.multilabel.training.internal.settings;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.model.network.Network;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The model that is trained.
 *
 * @param heads all that learn
 * @param mainHeads those that are evaluated and that the trained model keeps: all but the auxiliary ones
 * @param layers of every head, by name, in the order of the heads
 * @param backbone the network before the heads
 * @param preprocessing of every image
 * @param testTimeFlip whether the trained model averages over mirror images
 */
public record ModelSettings(
        HeadSet heads,
        HeadSet mainHeads,
        Map<String, HeadLayers> layers,
        Backbone backbone,
        Preprocessing preprocessing,
        boolean testTimeFlip) {

    /** Copies the map. */
    public ModelSettings {
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
    }

    /** What the made model has of its own, its weights and what is frozen, is compared apart. */
    Fingerprint fingerprint() {
        return Fingerprint.nothing()
                .compared("heads", heads.stream().map(ModelSettings::text).toList())
                .compared("answered heads", mainHeads.names())
                .compared("head layers", layers)
                .compared("backbone name", backbone.name())
                .compared(
                        "backbone network",
                        backbone.network()
                                .map(Network::toJson)
                                .map(Checksum::of)
                                .orElse("a block of your own"))
                .compared("preprocessing", text(preprocessing))
                .free("test-time flip", testTimeFlip);
    }

    private static String text(Head head) {
        return head.name() + (head.kind() == Head.Kind.SINGLE_LABEL ? " " : " (any of) ") + head.categories();
    }

    static String text(Preprocessing preprocessing) {
        String fit =
                switch (preprocessing.cropMode()) {
                    case CENTER -> "CROP";
                    case SQUASH -> "SQUASH";
                };
        String interpolation =
                switch (preprocessing.interpolation()) {
                    case BILINEAR -> "BILINEAR";
                    case BICUBIC -> "BICUBIC";
                };
        return "Preprocessing[size=" + preprocessing.size() + ", cropRatio=" + preprocessing.cropPct() + ", fit="
                + fit + ", interpolation=" + interpolation + ", mean=" + preprocessing.mean() + ", std="
                + preprocessing.std() + "]";
    }
}
