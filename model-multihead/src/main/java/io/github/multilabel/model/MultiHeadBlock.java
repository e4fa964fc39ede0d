package io.github.multilabel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.torch.Precision;
import java.util.Map;

/** Any number of heads over a backbone. */
public final class MultiHeadBlock extends AbstractBlock implements AutoCloseable {

    /** A block that is not yet initialised. */
    public MultiHeadBlock(Block backbone, HeadSet heads) {
        throw new UnsupportedOperationException();
    }

    /** The questions, in order. */
    public HeadSet heads() {
        throw new UnsupportedOperationException();
    }

    /** What computes the features. */
    public Block backbone() {
        throw new UnsupportedOperationException();
    }

    /** The data type of the backbone's convolutions; {@code FLOAT32} unless set. */
    public void setPrecision(Precision precision) {
        throw new UnsupportedOperationException();
    }

    /** Freezes the backbone, its running statistics included, or lets it train again. */
    public void setBackboneFrozen(boolean frozen) {
        throw new UnsupportedOperationException();
    }

    /** All parameters: {@code backbone.conv1.weight}, ..., {@code heads.weight}, {@code heads.bias}. */
    public Map<String, Parameter> parametersByName() {
        throw new UnsupportedOperationException();
    }

    /** What the backbone sees: (N, F). */
    public NDArray features(ParameterStore parameters, NDArray image, boolean training) {
        throw new UnsupportedOperationException();
    }

    /** Prepares the present weights for prediction. */
    public InferenceProgram newInference(Precision precision) {
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
