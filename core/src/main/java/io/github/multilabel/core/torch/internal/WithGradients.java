package io.github.multilabel.core.torch.internal;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Lets PyTorch build graphs on this thread while it is open, whatever mode the thread had. A program that asks for its
 * own gradients ({@code torch.grad}) needs nothing else: DJL's collector, of which there is one per process, sets the
 * gradients of all arrays to zero.
 */
public final class WithGradients implements AutoCloseable {

    private final boolean before;

    private WithGradients(boolean before) {
        this.before = before;
    }

    /** Turns gradients on until closed on the same thread. */
    public static WithGradients onThisThread() {
        WithGradients on = new WithGradients(JniUtils.isGradMode());
        JniUtils.setGradMode(true);
        return on;
    }

    /** Restores the mode that the thread had. */
    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
