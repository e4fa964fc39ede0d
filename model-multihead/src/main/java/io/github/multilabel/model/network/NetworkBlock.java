package io.github.multilabel.model.network;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.multilabel.core.torch.Precision;

/** A {@link Network} as a DJL block. */
public final class NetworkBlock extends AbstractBlock implements AutoCloseable {

    /** A block with parameters of its own, not yet initialised. */
    public NetworkBlock(Network network) {
        throw new UnsupportedOperationException();
    }

    /** The description. */
    public Network network() {
        throw new UnsupportedOperationException();
    }

    /** The data type of convolutions; {@code FLOAT32} unless set. */
    public void setPrecision(Precision precision) {
        throw new UnsupportedOperationException();
    }

    /** Freezes all parameters and statistics, or lets them train again. */
    public void setFrozen(boolean frozen) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> params) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
