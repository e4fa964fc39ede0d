package io.github.multilabel.core.torch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeakDetectorTest {

    private final CountDownLatch freed = new CountDownLatch(1);
    private final AtomicInteger times = new AtomicInteger();

    private void free() {
        times.incrementAndGet();
        freed.countDown();
    }

    @Test
    void whatIsForgottenIsFreed() throws InterruptedException {
        watchAndForget();
        collect();
        assertThat(times).hasValue(1);
    }

    private void watchAndForget() {
        LeakDetector.watch(new Object(), "an object of this test", this::free);
    }

    private void collect() throws InterruptedException {
        for (int i = 0; i < 200 && !freed.await(50, TimeUnit.MILLISECONDS); i++) {
            System.gc();
        }
    }

    @Test
    void whatIsReachableOrWasClosedIsLeftAlone() throws InterruptedException {
        Object reachable = new Object();
        LeakDetector.watch(reachable, "an object of this test", times::incrementAndGet);
        closeAndForget();
        watchAndForget(); // tells that the collector came by
        collect();
        assertThat(times).hasValue(1);
        Reference.reachabilityFence(reachable);
    }

    private void closeAndForget() {
        LeakDetector.watch(new Object(), "an object of this test", times::incrementAndGet)
                .closed();
    }

    @Test
    void whatCannotBeFreedDoesNotKeepOthersFromIt() throws InterruptedException {
        LeakDetector.watch(new Object(), "an object of this test", () -> {
            throw new IllegalStateException("as part of a test");
        });
        collect(5);
        watchAndForget();
        collect();
        assertThat(times).hasValue(1);
    }

    private static void collect(int rounds) {
        for (int i = 0; i < rounds; i++) {
            System.gc();
        }
    }
}
