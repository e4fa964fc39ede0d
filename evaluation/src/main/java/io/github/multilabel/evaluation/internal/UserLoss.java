package io.github.multilabel.evaluation.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.util.NativeResource;
import io.github.multilabel.core.Head;
import io.github.multilabel.evaluation.loss.HeadLoss;
import java.util.Locale;

/** Computes a user's loss and checks its result; messages name the head. */
record UserLoss(Head head, HeadLoss loss) {

    /** A scalar float32. */
    NDArray of(NDArray logits, NDArray labels) {
        NDArray found = computed(logits, labels);
        if (found instanceof NativeResource<?> resource && resource.isReleased()) {
            throw wrong("is an array that is closed already; give back one that is open, the trainer closes it");
        }
        if (found == null || found.size() != 1) {
            throw wrong("must be a scalar, got " + (found == null ? "null" : "shape " + found.getShape())
                    + "; end it with mean() or sum()");
        }
        if (found.getDataType() != DataType.FLOAT32) {
            throw wrong("must be float32, got " + found.getDataType().name().toLowerCase(Locale.ROOT)
                    + (found.getDataType().isInteger() || found.getDataType().isBoolean()
                            ? "; whole numbers have no gradient, so compute it from the logits without toType"
                            : "; end it with toType(DataType.FLOAT32, false)"));
        }
        return found;
    }

    private NDArray computed(NDArray logits, NDArray labels) {
        try {
            return loss.loss(logits, labels);
        } catch (IllegalStateException | UnsupportedOperationException | NullPointerException e) {
            throw new IllegalStateException("the loss of head '" + head.name() + "' failed: " + e.getMessage(), e);
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("the loss of head '" + head.name() + "' " + what);
    }
}
