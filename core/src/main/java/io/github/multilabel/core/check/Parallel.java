package io.github.multilabel.core.check;

import io.github.multilabel.core.ProgressListener;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Does the same to many things on several threads. */
final class Parallel {

    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

    private final String task;
    private final int total;
    private final ProgressListener progress;
    private final AtomicInteger done = new AtomicInteger();
    private long told = System.nanoTime();

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
    static <T, R> List<R> map(List<T> items, int threads, Function<T, R> work, String task, ProgressListener progress) {
        return new Parallel(task, items.size(), progress).map(items, threads, work);
    }

    private <T, R> List<R> map(List<T> items, int threads, Function<T, R> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, runnable -> {
            Thread thread = new Thread(runnable, "multilabel-check");
            thread.setDaemon(true);
            return thread;
        });
        try {
            progress.onProgress(task, 0, total);
            List<Future<R>> started = items.stream()
                    .map(item -> pool.submit(() -> {
                        try {
                            return work.apply(item);
                        } finally {
                            done.incrementAndGet();
                        }
                    }))
                    .toList();
            List<R> results = new ArrayList<>(items.size());
            for (Future<R> each : started) {
                results.add(await(each));
            }
            progress.onProgress(task, total, total);
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while looking at images"));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause(); // the work throws nothing checked
        } finally {
            pool.shutdownNow();
        }
    }

    /** Tells of the progress also while one item holds all others up. */
    private <R> R await(Future<R> result) throws InterruptedException, ExecutionException {
        while (true) {
            if (System.nanoTime() - told >= INTERVAL) {
                told = System.nanoTime();
                progress.onProgress(task, Math.min(done.get(), total - 1), total);
            }
            try {
                return result.get(INTERVAL, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) { // not yet
                continue;
            }
        }
    }
}
