package io.github.multilabel.core.check;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does the same to many things on several threads. */
final class Parallel {

    private Parallel() {}

    /** The results in the order of the items; may be null. No thread is left behind. */
    static <T, R> List<R> map(List<T> items, int threads, Function<T, R> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "multilabel-check");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<R>> started = items.stream()
                    .map(item -> pool.submit(() -> work.apply(item)))
                    .toList();
            List<R> results = new ArrayList<>(items.size());
            for (Future<R> each : started) {
                results.add(each.get());
            }
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
}
