package io.github.multilabel.core.torch.internal;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The one lock of what PyTorch and DJL have only once in a process: the random generator and the collector of
 * gradients. Held by whoever seeds the generator, until all is drawn that is to follow from the seed; by each step of
 * training, so that trainings in several threads take turns step by step; and by whoever reads or writes the weights of
 * a training while it runs, so that nobody sees half a step.
 *
 * <pre>{@code
 * try (EngineLock turn = EngineLock.take()) {
 *     TorchEngine.setSeed(seed);
 *     ...
 * }
 * }</pre>
 *
 * <p>A thread that holds it may take it again. Threads get it in the order in which they asked. So that nobody waits
 * for ever: whoever holds it waits for no other lock and no other thread, and calls no listener. Of the application's
 * code only losses run under it, which must not wait for another thread that might want it, too.
 */
public final class EngineLock implements AutoCloseable {

    private static final ReentrantLock LOCK = new ReentrantLock(true);
    private static final EngineLock HELD = new EngineLock();

    private EngineLock() {}

    /**
     * Waits until no other thread holds it.
     *
     * @return to be closed by this thread
     */
    public static EngineLock take() {
        LOCK.lock();
        return HELD;
    }

    /** Lets the next one have it. */
    @Override
    public void close() {
        LOCK.unlock();
    }
}
