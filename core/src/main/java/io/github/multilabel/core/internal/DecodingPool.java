package io.github.multilabel.core.internal;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Threads that decode images, which take the tasks in the order in which they are given. They are daemons, so that no
 * program waits for them to end, and end when there is nothing to do for ten seconds, so that a data set between two
 * passes holds none. Safe for use by several threads.
 */
public final class DecodingPool implements AutoCloseable {

    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool;

    /**
     * A pool without a thread yet.
     *
     * @param name of the threads, to which a number is added
     * @param threads at most
     */
    public DecodingPool(String name, int threads) {
        pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
        pool.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** The number of threads, at most. */
    public int threads() {
        return pool.getMaximumPoolSize();
    }

    /**
     * Starts a task.
     *
     * @throws RejectedExecutionException if the pool is closed
     */
    public <T> CompletableFuture<T> start(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, pool);
    }

    /**
     * The result of a task that was started.
     *
     * @throws RuntimeException or an {@link Error}: what the task threw
     * @throws UncheckedIOException of an {@link InterruptedIOException}, if this thread is interrupted meanwhile; it is
     *     interrupted still
     */
    public static <T> T await(Future<T> task) {
        return await(task, Long.MAX_VALUE, () -> {});
    }

    /**
     * The same, doing something again and again meanwhile, such as to report progress.
     *
     * @param interval in nanoseconds
     * @see #await(Future)
     */
    public static <T> T await(Future<T> task, long interval, Runnable meanwhile) {
        while (true) {
            try {
                return task.get(interval, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) { // not yet
                meanwhile.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UncheckedIOException(new InterruptedIOException("interrupted while waiting for images"));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) e.getCause(); // suppliers throw nothing checked
            }
        }
    }

    /** Whether the pool takes no tasks any more. */
    public boolean isClosed() {
        return pool.isShutdown();
    }

    /** Takes no more tasks. What was started is still finished. */
    @Override
    public void close() {
        pool.shutdown();
    }

    /** Takes no more tasks, interrupts those that run and forgets those that wait: nobody wants their results. */
    public void abandon() {
        pool.shutdownNow();
    }
}
