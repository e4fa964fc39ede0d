package io.github.multilabel.training.event;

import io.github.multilabel.training.MultiLabelTrainer;

/** Why a training ended. */
public enum TrainingEnd {
    /** All epochs of all phases are over. */
    COMPLETE,
    /** No epoch was better for as long as the patience lasts. */
    EARLY,
    /** {@link MultiLabelTrainer#stop} or an interrupt asked for it; the last epoch may be half done. */
    STOPPED
}
