package io.github.multilabel.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecodingPoolTest {

    @Test
    void itsThreadsAreNamedDaemons() {
        try (DecodingPool pool = new DecodingPool("multilabel-test", 1)) {
            Thread thread = DecodingPool.await(pool.start(Thread::currentThread));

            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).isEqualTo("multilabel-test-1");
        }
    }

    @Test
    void resultsComeInAnyOrderOfAsking() {
        try (DecodingPool pool = new DecodingPool("multilabel-test", 3)) {
            List<CompletableFuture<Integer>> started = IntStream.range(0, 10)
                    .mapToObj(i -> pool.start(() -> i * i))
                    .toList();

            assertThat(DecodingPool.await(started.get(9))).isEqualTo(81);
            assertThat(DecodingPool.await(started.get(0))).isZero();
        }
    }

    @Test
    void whatATaskThrewIsThrownWhereItsResultIsAwaited() {
        IllegalStateException thrown = new IllegalStateException("broken");
        StackOverflowError error = new StackOverflowError();
        try (DecodingPool pool = new DecodingPool("multilabel-test", 1)) {
            assertThatThrownBy(() -> DecodingPool.await(pool.start(() -> {
                        throw thrown;
                    })))
                    .isSameAs(thrown);
            assertThatThrownBy(() -> DecodingPool.await(pool.start(() -> {
                        throw error;
                    })))
                    .isSameAs(error);
        }
    }

    @Test
    void whoeverWaitsCanBeInterrupted() {
        CountDownLatch end = new CountDownLatch(1);
        try (DecodingPool pool = new DecodingPool("multilabel-test", 1)) {
            CompletableFuture<Boolean> task = pool.start(() -> waitFor(end));
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> DecodingPool.await(task))
                    .withCauseInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).as("interrupted still").isTrue();
            end.countDown();
        }
    }

    @Test
    void somethingCanBeDoneWhileATaskRuns() {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch end = new CountDownLatch(1);
        try (DecodingPool pool = new DecodingPool("multilabel-test", 1)) {
            boolean ended = DecodingPool.await(pool.start(() -> waitFor(end)), 1, () -> {
                if (asked.incrementAndGet() == 3) {
                    end.countDown();
                }
            });

            assertThat(ended).isTrue();
            assertThat(asked.get()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void aClosedPoolFinishesWhatItWasGivenAndTakesNoMore() {
        CountDownLatch end = new CountDownLatch(1);
        DecodingPool pool = new DecodingPool("multilabel-test", 1);
        CompletableFuture<Boolean> running = pool.start(() -> waitFor(end));
        CompletableFuture<String> waiting = pool.start(() -> "done");

        pool.close();
        end.countDown();

        assertThat(DecodingPool.await(running)).isTrue();
        assertThat(DecodingPool.await(waiting)).isEqualTo("done");
        assertThat(pool.isClosed()).isTrue();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.start(() -> "late"));
    }

    @Test
    void anAbandonedPoolInterruptsWhatRuns() {
        CountDownLatch begun = new CountDownLatch(1);
        DecodingPool pool = new DecodingPool("multilabel-test", 1);
        CompletableFuture<Boolean> running = pool.start(() -> {
            begun.countDown();
            return waitFor(new CountDownLatch(1));
        });
        waitFor(begun);

        pool.abandon();

        assertThat(DecodingPool.await(running)).as("waited to the end").isFalse();
    }

    private static boolean waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
