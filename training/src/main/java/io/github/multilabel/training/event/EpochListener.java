package io.github.multilabel.training.event;

import io.github.multilabel.training.MultiLabelTrainer;

/** Hears of each epoch when it is over. */
@FunctionalInterface
public interface EpochListener {

    /**
     * Called on the training thread after each epoch.
     *
     * @param report finished values; safe to keep
     * @throws RuntimeException to end the training: it comes out of {@link MultiLabelTrainer#fit} as it is
     */
    void onEpoch(EpochReport report);
}
