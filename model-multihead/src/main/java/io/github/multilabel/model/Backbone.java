package io.github.multilabel.model;

import ai.djl.nn.Block;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.network.Network;
import java.util.Optional;

/** What looks at an image once, for all heads. */
public final class Backbone {

    private Backbone() {}

    /** The name, such as {@code resnet34}. */
    public String name() {
        throw new UnsupportedOperationException();
    }

    /** What it wants of its images. */
    public Preprocessing preprocessing() {
        throw new UnsupportedOperationException();
    }

    /** The same with other preprocessing. */
    public Backbone withPreprocessing(Preprocessing preprocessing) {
        throw new UnsupportedOperationException();
    }

    /** A new block that maps (N, 3, H, W) float32 to (N, F). */
    public Block newBlock() {
        throw new UnsupportedOperationException();
    }

    /** The description, if there is one. */
    public Optional<Network> network() {
        throw new UnsupportedOperationException();
    }
}
