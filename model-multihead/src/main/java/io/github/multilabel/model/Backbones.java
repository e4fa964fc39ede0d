package io.github.multilabel.model;

import ai.djl.nn.Block;
import io.github.multilabel.core.NearMatches;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.NetworkBlock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** The backbones on offer, and the way to bring one's own. */
public final class Backbones {

    private static final int IMAGENET_SIZE = 224;
    private static final int SMALL_SIZE = 64;

    private static final Map<String, Supplier<Backbone>> KNOWN = Map.of(
            "small", Backbones::small,
            "resnet18", Backbones::resnet18,
            "resnet34", Backbones::resnet34,
            "resnet50", Backbones::resnet50);

    private Backbones() {}

    /** ResNet18 as torchvision's: 512 features, 11.2 million parameters, 224 pixels. */
    public static Backbone resnet18() {
        return of(ResNets.basic("resnet18", 2, 2, 2, 2), Preprocessing.imageNet(IMAGENET_SIZE));
    }

    /** ResNet34 as torchvision's: 512 features, 21.3 million parameters, 224 pixels. */
    public static Backbone resnet34() {
        return of(ResNets.basic("resnet34", 3, 4, 6, 3), Preprocessing.imageNet(IMAGENET_SIZE));
    }

    /** ResNet50 as torchvision's: 2048 features, 23.5 million parameters, 224 pixels. */
    public static Backbone resnet50() {
        return of(ResNets.bottleneck("resnet50", 3, 4, 6, 3), Preprocessing.imageNet(IMAGENET_SIZE));
    }

    /**
     * A small residual network that learns from scratch within minutes on two cores: 128 features, 0.3 million
     * parameters, 64 pixels of the whole picture (up to 128 by {@link Backbone#withPreprocessing}).
     */
    public static Backbone small() {
        return of(ResNets.small(), Preprocessing.imageNet(SMALL_SIZE).squashed());
    }

    /** A network of one's own, or one read from a saved model. */
    public static Backbone of(Network network, Preprocessing preprocessing) {
        return new Backbone(network.name(), preprocessing, network, () -> new NetworkBlock(network));
    }

    /**
     * Any DJL block as backbone, with ImageNet's normalisation at 224 pixels unless {@link Backbone#withPreprocessing}
     * says otherwise.
     *
     * @param name for messages and saved models
     * @param block maps (N, 3, H, W) float32 to (N, F) or (N, F, 1, 1); {@link Backbone#newBlock} gives this very
     *     block, so that all models made from the backbone share its weights
     */
    public static Backbone of(String name, Block block) {
        Objects.requireNonNull(block, "block");
        return new Backbone(name, Preprocessing.imageNet(IMAGENET_SIZE), null, () -> block);
    }

    /** The names that {@link #byName} knows. */
    public static List<String> names() {
        return KNOWN.keySet().stream().sorted(Comparator.naturalOrder()).toList();
    }

    /**
     * The backbone of a name.
     *
     * @throws IllegalArgumentException if there is none; the message names those that are near
     */
    public static Backbone byName(String name) {
        Supplier<Backbone> backbone = KNOWN.get(name);
        if (backbone == null) {
            throw new IllegalArgumentException(
                    "no backbone '" + name + "'; there are " + NearMatches.describe(name, names()));
        }
        return backbone.get();
    }
}
