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
import java.util.Set;

/**
 * The model that is trained.
 *
 * @param heads all that learn
 * @param mainHeads those that are evaluated and that the trained model keeps: all but the auxiliary ones
 * @param layers of every head, by name, in the order of the heads
 * @param backbone the network before the heads
 * @param preprocessing of every image
 * @param testTimeFlip whether the trained model averages over mirror images
 * @param answers what the trained model answers beyond each head for itself
 */
public record ModelSettings(
        HeadSet heads,
        HeadSet mainHeads,
        Map<String, HeadLayers> layers,
        Backbone backbone,
        Preprocessing preprocessing,
        boolean testTimeFlip,
        AnswerSettings answers) {

    /** The keys that decide which weights there are, and of which shapes. */
    public static final Set<String> DECIDE_WEIGHTS =
            Set.of("heads", "head layers", "backbone name", "backbone network");

    /** Copies the map. */
    public ModelSettings {
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
    }

    /** What the made model has of its own, its weights and what is frozen, is compared apart. */
    Fingerprint fingerprint() {
        return Fingerprint.nothing()
                .compared("heads", heads.stream().map(ModelSettings::text).toList(), "setHeads")
                .compared("hierarchy", hierarchy(), "which heads determine others (optParents)")
                .compared("answered heads", mainHeads.names(), "main heads (HeadOptions.auxiliary)")
                .compared("head layers", layers, "head layers (HeadOptions.hiddenUnits, optDropout)")
                .compared("backbone name", backbone.name(), "setBackbone")
                .compared(
                        "backbone network",
                        backbone.network()
                                .map(Network::toJson)
                                .map(Checksum::of)
                                .orElse("a block of your own"))
                .compared(
                        "preprocessing",
                        text(preprocessing),
                        "preprocessing (optImageSize, optAspectRatio, optCropMode)")
                .free("test-time flip", testTimeFlip, "optTestTimeFlip")
                .irrelevant("answers");
    }

    /** For example {@code model -> brand, type: 1f3a}. */
    private String hierarchy() {
        if (heads.hierarchy().isEmpty()) {
            return "none";
        }
        Checksum sum = new Checksum();
        heads.hierarchy().links().forEach(link -> sum.add(link.parentOf().toString()));
        return heads.hierarchy() + ", " + sum;
    }

    private static String text(Head head) {
        return head.name() + (head.kind() == Head.Kind.SINGLE_LABEL ? " " : " (any of) ") + head.categories();
    }

    static String text(Preprocessing preprocessing) {
        String fit =
                switch (preprocessing.cropMode()) {
                    case CENTER -> "CROP";
                    case SQUASH -> "SQUASH";
                    case PAD -> "PAD";
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
