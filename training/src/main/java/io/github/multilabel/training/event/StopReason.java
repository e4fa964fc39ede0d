package io.github.multilabel.training.event;

import io.github.multilabel.training.MultiLabelTrainer;

/** Why a training ended. */
public enum StopReason {
    /** All epochs of all phases are over. */
    COMPLETED,
    /** No epoch was better for as long as the patience lasts. */
    EARLY_STOPPED,
    /** {@link MultiLabelTrainer#stop} or an interrupt asked for it; the last epoch may be half done. */
    STOPPED
}
