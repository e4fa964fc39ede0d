package io.github.multilabel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.drift.UsualFeatures;
import io.github.multilabel.model.internal.FrozenPart;
import io.github.multilabel.model.internal.HeatProgram;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.model.internal.NetworkScript;
import io.github.multilabel.model.internal.PreparedNetwork;
import io.github.multilabel.model.internal.heads.HeadStack;
import io.github.multilabel.model.network.NetworkBlock;
import java.util.List;
import java.util.Optional;

/** Backbone and heads in one native call. */
record NetworkForwardPath(NetworkBlock backbone, HeadStack heads) implements ForwardPath {

    @Override
    public NDArray features(ParameterStore parameters, NDArray image, boolean training) {
        return backbone.forward(parameters, new NDList(image), training).singletonOrThrow();
    }

    @Override
    public NDList logits(ParameterStore parameters, NDArray image, NDList ofHeads, boolean training) {
        return backbone.logits(parameters, image, ofHeads, heads, training);
    }

    @Override
    public InferenceProgram newInference(NDList ofHeads, Optional<UsualFeatures> usual, Precision precision) {
        if (usual.isEmpty()) {
            return new Inference(backbone.fold(ofHeads, heads, precision));
        }
        try (NDManager arrays = TorchEngine.newManager(ofHeads.head().getDevice())) { // the program copies them
            return new Inference(backbone.fold(
                    ForwardPath.withDistance(ofHeads, usual.get(), arrays),
                    heads.withDistance(usual.get().scale()),
                    precision));
        }
    }

    @Override
    public InferenceProgram newFeatures(Precision precision) {
        return new Inference(backbone.fold(new NDList(), HeadStack.none(), precision));
    }

    @Override
    public List<String> addTo(
            OnnxGraph graph,
            String image,
            ImageSize size,
            NDList ofHeads,
            Optional<UsualFeatures> usual,
            NDManager results) {
        return backbone.addTo(
                graph,
                image,
                size.height(),
                size.width(),
                usual.map(each -> ForwardPath.withDistance(ofHeads, each, results))
                        .orElse(ofHeads),
                usual.map(each -> heads.withDistance(each.scale())).orElse(heads),
                results);
    }

    @Override
    public Optional<NetworkScript> script(NDList ofHeads, NDManager results) {
        return Optional.of(backbone.script(ofHeads, heads, results));
    }

    @Override
    public Optional<HeatProgram> newHeat(NDList ofHeads) {
        return backbone.heat(ofHeads, heads);
    }

    @Override
    public Optional<FrozenPart> frozenPart() {
        int layers = backbone.frozenLayers();
        return layers == 0
                ? Optional.empty()
                : Optional.of(new FirstLayers(backbone.foldFirst(layers), layers, isFrozen()));
    }

    private boolean isFrozen() {
        return backbone.getParameters().values().stream().noneMatch(Parameter::requiresGradient);
    }

    @Override
    public NDList logitsAfter(
            FrozenPart part, ParameterStore parameters, NDArray value, NDList ofHeads, boolean training) {
        return backbone.logitsAfter(((FirstLayers) part).layers(), parameters, value, ofHeads, heads, training);
    }

    private record FirstLayers(PreparedNetwork network, int layers, boolean isWholeBackbone) implements FrozenPart {

        @Override
        public NDArray run(NDManager manager, NDArray image) {
            return network.run(manager, image).singletonOrThrow();
        }

        @Override
        public void close() {
            network.close();
        }
    }

    @Override
    public void setPrecision(Precision precision) {
        backbone.setPrecision(precision);
    }

    @Override
    public void close() {
        backbone.close();
    }

    private record Inference(PreparedNetwork network) implements InferenceProgram {

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
