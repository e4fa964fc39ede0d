package io.github.multilabel.training.internal.loop;

import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.model.internal.FrozenPart;
import io.github.multilabel.training.internal.features.FeatureDataset;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** The features of data sets whose images do not change from epoch to epoch, computed once for a frozen backbone. */
final class FeatureCache implements AutoCloseable {

    private final Optional<FrozenPart> backbone;
    private final TrainingControl control;
    private final Map<MultiLabelDataset, MultiLabelDataset> seen = new IdentityHashMap<>();

    /**
     * Starts with nothing computed.
     *
     * @param backbone whole and frozen, not closed here; without one nothing is kept
     * @param control may stop what is computed
     */
    FeatureCache(Optional<FrozenPart> backbone, TrainingControl control) {
        this.backbone = backbone;
        this.control = control;
    }

    /** The data as the trained part of the model sees it: features if they are kept, otherwise the images. */
    MultiLabelDataset over(MultiLabelDataset data, DataPass pass) {
        return backbone.isPresent() ? seen.computeIfAbsent(data, images -> cached(images, pass)) : data;
    }

    private MultiLabelDataset cached(MultiLabelDataset data, DataPass pass) {
        if (data.fixedBatches(pass).isPresent()) {
            return new FeatureDataset(data, backbone.orElseThrow(), control::isStopAsked);
        }
        TrainingLog.LOG.info(
                "the backbone is frozen, but its features are computed anew in each epoch, because the images change:"
                        + " with optAugmentation(Augmentation.none()) on the training data they are computed once, and"
                        + " epochs of the heads cost almost nothing");
        return data;
    }

    @Override
    public void close() {
        seen.values().stream().filter(FeatureDataset.class::isInstance).forEach(MultiLabelDataset::close);
    }
}
