package io.github.multilabel.data.internal;

import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.internal.DecodingPool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Does the same to many things on several threads. */
public final class Parallel {

    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

    private final String task;
    private final int total;
    private final ProgressListener progress;
    private final AtomicInteger done = new AtomicInteger();
    private long reported = System.nanoTime();

    private Parallel(String task, int total, ProgressListener progress) {
        this.task = task;
        this.total = total;
        this.progress = progress;
    }

    /**
     * The results in the order of the items; may be null. No thread is left behind.
     *
     * @param task what is done, for the listener
     */
    public static <T, R> List<R> map(
            List<T> items, int threads, Function<T, R> work, String task, ProgressListener progress) {
        return new Parallel(task, items.size(), progress).map(items, threads, work);
    }

    private <T, R> List<R> map(List<T> items, int threads, Function<T, R> work) {
        DecodingPool pool = new DecodingPool("multilabel-check", threads);
        try {
            progress.onProgress(task, 0, total);
            List<CompletableFuture<R>> started = items.stream()
                    .map(item -> pool.start(() -> {
                        try {
                            return work.apply(item);
                        } finally {
                            done.incrementAndGet();
                        }
                    }))
                    .toList();
            List<R> results = new ArrayList<>(items.size());
            for (CompletableFuture<R> each : started) {
                reportIfDue();
                results.add(DecodingPool.await(each, INTERVAL, this::reportIfDue)); // one item may hold up all others
            }
            progress.onProgress(task, total, total);
            return results;
        } finally {
            pool.abandon();
        }
    }

    private void reportIfDue() {
        if (System.nanoTime() - reported >= INTERVAL) {
            reported = System.nanoTime();
            progress.onProgress(task, Math.min(done.get(), total - 1), total);
        }
    }
}
