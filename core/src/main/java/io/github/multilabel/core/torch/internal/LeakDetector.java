package io.github.multilabel.core.torch.internal;

import java.lang.ref.Cleaner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees the native memory of an object that was forgotten: no longer reachable, and never closed. The garbage collector
 * sees how small the object is in Java, not what it holds, so this comes late; each time the log says that it was
 * necessary.
 *
 * <p>A method whose object may become unreachable while it runs, because nothing of it is needed any more, ends with
 * {@link java.lang.ref.Reference#reachabilityFence}.
 */
public final class LeakDetector {

    private static final Logger LOG = LoggerFactory.getLogger(LeakDetector.class);
    private static final Cleaner CLEANER = Cleaner.create();

    private final Release release;
    private final Cleaner.Cleanable cleanable;

    private LeakDetector(Object owner, Release release) {
        this.release = release;
        this.cleanable = CLEANER.register(owner, release);
    }

    /**
     * Watches an object.
     *
     * @param owner what must be closed
     * @param what it is, for the log
     * @param free frees what it owns; must not refer to the owner, or the owner stays reachable
     */
    public static LeakDetector watch(Object owner, String what, Runnable free) {
        return new LeakDetector(owner, new Release(what, free));
    }

    /** The object was closed: there is nothing left to free. */
    public void closed() {
        release.needed = false;
        cleanable.clean();
    }

    private static final class Release implements Runnable {

        private final String what;
        private final Runnable free;
        private volatile boolean needed = true;

        Release(String what, Runnable free) {
            this.what = what;
            this.free = free;
        }

        @Override
        public void run() {
            if (!needed) {
                return;
            }
            LOG.warn(
                    "{} was not closed; its native memory is freed now, late: close it, or use try-with-resources",
                    what);
            try {
                free.run();
            } catch (RuntimeException e) {
                LOG.warn("the native memory of {} could not be freed", what, e);
            }
        }
    }
}
