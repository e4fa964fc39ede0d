package io.github.multilabel.data.internal;

import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.internal.DecodingPool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Does the same to many things on several threads. */
public final class Parallel {

    private final ProgressReports progress;
    private final AtomicInteger done = new AtomicInteger();

    private Parallel(ProgressReports progress) {
        this.progress = progress;
    }

    /**
     * The results in the order of the items; may be null. No thread is left behind.
     *
     * @param task what is done, for the listener
     */
    public static <T, R> List<R> map(
            List<T> items, int threads, Function<T, R> work, String task, ProgressListener progress) {
        return new Parallel(new ProgressReports(task, items.size(), progress)).map(items, threads, work);
    }

    private <T, R> List<R> map(List<T> items, int threads, Function<T, R> work) {
        DecodingPool pool = new DecodingPool("multilabel-check", threads);
        try {
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
                report();
                results.add(DecodingPool.await(
                        each, ProgressReports.INTERVAL, this::report)); // one item may hold up all others
            }
            progress.end();
            return results;
        } finally {
            pool.abandon();
        }
    }

    private void report() {
        progress.at(done.get());
    }
}
