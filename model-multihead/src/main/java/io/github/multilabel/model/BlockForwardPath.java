package io.github.multilabel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.drift.UsualFeatures;
import io.github.multilabel.model.internal.FeatureWidth;
import io.github.multilabel.model.internal.FrozenPart;
import io.github.multilabel.model.internal.HeatProgram;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.model.internal.NetworkScript;
import io.github.multilabel.model.internal.heads.HeadProgram;
import io.github.multilabel.model.internal.heads.HeadStack;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Heads over any DJL block. DJL's blocks know no other precision than float32. */
record BlockForwardPath(Block backbone, HeadStack stack, HeadProgram heads) implements ForwardPath {

    @Override
    public NDArray features(ParameterStore parameters, NDArray image, boolean training) {
        boolean learns = training && backbone.getParameters().values().stream().anyMatch(Parameter::requiresGradient);
        if (learns) {
            return flat(backbone.forward(parameters, new NDList(image), true));
        }
        try (NoGradients off = NoGradients.onThisThread()) { // also keeps a frozen batch norm from updating
            return flat(backbone.forward(parameters, new NDList(image), false));
        }
    }

    private static NDArray flat(NDList outputs) {
        long width = FeatureWidth.of(outputs.getShapes());
        NDArray features = outputs.head();
        return features.getShape().dimension() == 2
                ? features
                : features.reshape(features.getShape().get(0), width);
    }

    @Override
    public NDList logits(ParameterStore parameters, NDArray image, NDList ofHeads, boolean training) {
        return heads.logits(features(parameters, image, training), ofHeads, training);
    }

    @Override
    public InferenceProgram newInference(NDList ofHeads, Optional<UsualFeatures> usual, Precision precision) {
        if (usual.isEmpty()) {
            return new Inference(this, (store, image) -> logits(store, image, ofHeads, false), () -> {});
        }
        NDManager arrays = TorchEngine.newManager(ofHeads.head().getDevice());
        NDList all = ForwardPath.withDistance(ofHeads, usual.get(), arrays);
        HeadProgram program = new HeadProgram(stack.withDistance(usual.get().scale()));
        return new Inference(this, (store, image) -> program.logits(features(store, image, false), all, false), () -> {
            program.close();
            arrays.close();
        });
    }

    @Override
    public InferenceProgram newFeatures(Precision precision) {
        return new Inference(this, (store, image) -> new NDList(features(store, image, false)), () -> {});
    }

    @Override
    public List<String> addTo(
            OnnxGraph graph,
            String image,
            ImageSize size,
            NDList ofHeads,
            Optional<UsualFeatures> usual,
            NDManager results) {
        throw new IllegalArgumentException(
                "a backbone that is a DJL block of the application's own, or TorchScript, has"
                        + " no layers that are known, and cannot be written as ONNX; see Backbones for those that can");
    }

    @Override
    public Optional<NetworkScript> script(NDList ofHeads, NDManager results) {
        return Optional.empty();
    }

    @Override
    public Optional<HeatProgram> newHeat(NDList ofHeads) {
        return Optional.empty();
    }

    @Override
    public Optional<FrozenPart> frozenPart() {
        return backbone.getParameters().values().stream().anyMatch(Parameter::requiresGradient)
                ? Optional.empty()
                : Optional.of(new WholeBlock(this));
    }

    @Override
    public NDList logitsAfter(
            FrozenPart part, ParameterStore parameters, NDArray value, NDList ofHeads, boolean training) {
        return heads.logits(value, ofHeads, training);
    }

    private record WholeBlock(BlockForwardPath forwardPath) implements FrozenPart {

        @Override
        public NDArray run(NDManager manager, NDArray image) {
            NDArray features = forwardPath.features(new ParameterStore(manager, false), image, false);
            features.attach(manager);
            return features;
        }

        @Override
        public boolean isWholeBackbone() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Override
    public void setPrecision(Precision precision) {}

    @Override
    public void close() {
        heads.close();
        if (backbone instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("the backbone cannot be closed", e);
            }
        }
    }

    /** DJL does not promise that a block may run on two threads, so they take turns. */
    private record Inference(
            BlockForwardPath forwardPath, BiFunction<ParameterStore, NDArray, NDList> program, Runnable onClose)
            implements InferenceProgram {

        @Override
        public NDList logits(NDManager manager, NDArray image) {
            synchronized (forwardPath) {
                try (NoGradients off = NoGradients.onThisThread();
                        NDManager call = manager.newSubManager()) {
                    call.tempAttachAll(new NDList(image)); // what the block computes joins the image's manager
                    NDList logits = program.apply(new ParameterStore(call, false), image);
                    logits.attach(manager);
                    return logits;
                }
            }
        }

        @Override
        public void close() {
            onClose.run();
        }
    }
}
