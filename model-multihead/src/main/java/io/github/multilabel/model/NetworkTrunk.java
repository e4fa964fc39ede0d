package io.github.multilabel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.network.FoldedNetwork;
import io.github.multilabel.model.network.NetworkBlock;
import java.util.List;

/** Backbone and heads in one native call. */
record NetworkTrunk(NetworkBlock backbone, List<Integer> sizes) implements Trunk {

    @Override
    public NDArray features(ParameterStore parameters, NDArray image, boolean training) {
        return backbone.forward(parameters, new NDList(image), training).singletonOrThrow();
    }

    @Override
    public NDList logits(ParameterStore parameters, NDArray image, NDList heads, boolean training) {
        return backbone.logits(parameters, image, heads, sizes, training);
    }

    @Override
    public InferenceProgram newInference(NDList heads, Precision precision) {
        return new Inference(backbone.fold(heads, sizes, precision));
    }

    @Override
    public void setPrecision(Precision precision) {
        backbone.setPrecision(precision);
    }

    @Override
    public void close() {
        backbone.close();
    }

    private record Inference(FoldedNetwork network) implements InferenceProgram {

        @Override
        public NDList logits(NDManager manager, NDArray image) {
            return network.run(manager, image);
        }

        @Override
        public void close() {
            network.close();
        }
    }
}
