package io.github.multilabel.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.Pass;
import io.github.multilabel.core.data.Normalizer;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.FrozenPart;
import io.github.multilabel.model.InferenceProgram;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.training.features.FeatureDataset;
import io.github.multilabel.training.metrics.Evaluation;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes before the trained part of the model in one phase: the frozen part of the backbone runs as in prediction,
 * and if that is all of it and images do not change from epoch to epoch, its features are computed once.
 */
final class Front implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MultiLabelTrainer.class);
    private static final int FEATURE_AXES = 2;

    private final MultiHeadBlock block;
    private final Optional<FrozenPart> frozen;
    private final boolean caching;
    private final Control control;
    private final Map<MultiLabelDataset, MultiLabelDataset> seen = new IdentityHashMap<>();

    /**
     * Prepares what is frozen now.
     *
     * @param caching whether features may be kept
     * @param control may stop what is computed
     */
    Front(MultiHeadBlock block, boolean caching, Control control) {
        this.block = block;
        this.control = control;
        frozen = block.frozenPart();
        this.caching = caching && frozen.isPresent() && frozen.get().isWholeBackbone();
    }

    /** The data as the trained part of the model sees it: features if they are kept, otherwise the images. */
    MultiLabelDataset over(MultiLabelDataset data, Pass pass) {
        return caching ? seen.computeIfAbsent(data, images -> cached(images, pass)) : data;
    }

    private MultiLabelDataset cached(MultiLabelDataset data, Pass pass) {
        if (data.fixedBatches(pass).isPresent()) {
            return new FeatureDataset(data, frozen.orElseThrow(), control::isStopAsked);
        }
        LOG.info("the backbone is frozen, but its features are computed anew in each epoch, because the images change:"
                + " with optAugmentation(Augmentation.none()) on the training data they are computed once, and epochs"
                + " of the heads cost almost nothing");
        return data;
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
        if (frozen.isEmpty() || input.getShape().get(0) == 1) { // one image may have no variance: the block can tell
            return block.forward(store, new NDList(input), true);
        }
        try (NDArray value = frozen.get().run(input.getManager(), input)) {
            return block.logitsAfter(frozen.get(), store, value, true);
        }
    }

    /** Judges the present heads, over kept features if there are some; empty if that was asked to stop. */
    Optional<Evaluation> judge(Evaluator evaluator, MultiLabelDataset validation, Preprocessing preprocessing)
            throws IOException {
        MultiLabelDataset data = over(validation, Pass.evaluation(preprocessing));
        return data instanceof FeatureDataset
                ? evaluator.evaluate(data, new Heads(), control)
                : evaluator.evaluate(data, control);
    }

    /** From features to logits, with the weights that the heads have when it is asked. */
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
        seen.values().stream().filter(FeatureDataset.class::isInstance).forEach(MultiLabelDataset::close);
        frozen.ifPresent(FrozenPart::close);
    }
}
