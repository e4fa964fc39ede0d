package io.github.multilabel.training.event;

import io.github.multilabel.training.MultiLabelTrainer;

/** Why a training ended. */
public enum StopReason {
    /** All epochs of all phases are over, or those that a time limit had room for. */
    COMPLETED,
    /** No epoch was better for as long as the patience lasts. */
    EARLY_STOPPED,
    /** The time limit was over before the epochs were that were laid out for it; the best of those before counts. */
    TIME_LIMIT,
    /** {@link MultiLabelTrainer#stop} or an interrupt asked for it; the last epoch may be half done. */
    STOPPED
}
