package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.internal.FrozenPart;
import io.github.multilabel.model.internal.InferenceProgram;
import java.util.Optional;

/**
 * The forward pass of training in one phase: what is frozen of the backbone runs as in prediction, the rest with
 * gradients. Where features stand in the place of images, only the heads run.
 */
final class FrozenForward implements AutoCloseable {

    private static final int FEATURE_AXES = 2;

    private final MultiHeadBlock block;
    private final Optional<FrozenPart> frozen;

    /** Prepares what is frozen now. */
    FrozenForward(MultiHeadBlock block) {
        this.block = block;
        frozen = block.frozenPart();
    }

    /** The backbone, if all of it is frozen. */
    Optional<FrozenPart> wholeBackbone() {
        return frozen.filter(FrozenPart::isWholeBackbone);
    }

    /** The images of a batch, normalised, or the features that stand in their place. */
    static NDArray input(MultiLabelBatch batch, Preprocessing preprocessing) {
        return isFeatures(batch.image()) ? batch.image() : Normalizer.normalize(batch.image(), preprocessing);
    }

    private static boolean isFeatures(NDArray input) {
        return input.getShape().dimension() == FEATURE_AXES;
    }

    /** The logits of training, of what {@link #input} gave. */
    NDList logits(ParameterStore store, NDArray input) {
        if (isFeatures(input)) {
            return block.logitsAfter(frozen.orElseThrow(), store, input, true);
        }
        if (frozen.isEmpty()
                || input.getShape().get(0) == 1) { // one image may have no variance, which the block checks
            return block.forward(store, new NDList(input), true);
        }
        try (NDArray value = frozen.get().run(input.getManager(), input)) {
            return block.logitsAfter(frozen.get(), store, value, true);
        }
    }

    /** From features to logits, with the weights that the heads have when they are asked. */
    InferenceProgram heads() {
        return new Heads();
    }

    private final class Heads implements InferenceProgram {

        @Override
        public NDList logits(NDManager manager, NDArray features) {
            return block.logitsAfter(frozen.orElseThrow(), new ParameterStore(manager, false), features, false);
        }

        @Override
        public void close() {}
    }

    @Override
    public void close() {
        frozen.ifPresent(FrozenPart::close);
    }
}
