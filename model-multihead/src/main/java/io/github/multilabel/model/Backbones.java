package io.github.multilabel.model;

import ai.djl.nn.Block;
import java.util.List;

/** The backbones on offer. */
public final class Backbones {

    private Backbones() {}

    /** ResNet18. */
    public static Backbone resnet18() {
        throw new UnsupportedOperationException();
    }

    /** ResNet34. */
    public static Backbone resnet34() {
        throw new UnsupportedOperationException();
    }

    /** ResNet50. */
    public static Backbone resnet50() {
        throw new UnsupportedOperationException();
    }

    /** A small one for quick work on a CPU. */
    public static Backbone small() {
        throw new UnsupportedOperationException();
    }

    /** Any DJL block that maps (N, 3, H, W) to (N, F) or (N, F, 1, 1). */
    public static Backbone of(String name, Block block) {
        throw new UnsupportedOperationException();
    }

    /** The names that {@link #byName} knows. */
    public static List<String> names() {
        throw new UnsupportedOperationException();
    }

    /** The backbone of a name. */
    public static Backbone byName(String name) {
        throw new UnsupportedOperationException();
    }
}
