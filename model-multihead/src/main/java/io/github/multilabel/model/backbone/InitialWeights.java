package io.github.multilabel.model.backbone;

import ai.djl.nn.Block;
import java.io.IOException;

/** Where the weights of new blocks of a {@link Backbone} come from, in place of random ones. */
@FunctionalInterface
public interface InitialWeights {

    /**
     * Fills a block: all of it, or nothing if the weights do not fit.
     *
     * @param block from {@link Backbone#newBlock}, initialised
     * @throws IOException if the weights cannot be fetched or read, or do not fit
     */
    void load(Block block) throws IOException;
}
