package io.github.multilabel.model.backbone;

import ai.djl.nn.Block;
import io.github.multilabel.model.card.ModelCard;
import java.io.IOException;
import java.util.Optional;

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

    /** Where they come from, for the card of a model; empty if it is not known. */
    default Optional<ModelCard.Weights> origin() {
        return Optional.empty();
    }
}
