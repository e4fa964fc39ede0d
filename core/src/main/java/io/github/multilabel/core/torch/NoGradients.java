package io.github.multilabel.core.torch;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Keeps PyTorch from building graphs on this thread while it is open. PyTorch's gradient mode belongs to the thread and
 * is on by default, so evaluation and prediction on a thread of the application would keep every intermediate array
 * alive (deepjavalibrary/djl#3693).
 *
 * <pre>{@code
 * try (NoGradients off = NoGradients.onThisThread()) {
 *     block.forward(...);
 * }
 * }</pre>
 */
public final class NoGradients implements AutoCloseable {

    private final boolean before;

    private NoGradients(boolean before) {
        this.before = before;
    }

    /** Turns gradients off until closed on the same thread. */
    public static NoGradients onThisThread() {
        NoGradients off = new NoGradients(JniUtils.isGradMode());
        JniUtils.setGradMode(false);
        return off;
    }

    /** Restores the mode that the thread had. */
    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
