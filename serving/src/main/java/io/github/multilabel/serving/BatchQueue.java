package io.github.multilabel.serving;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.internal.calls.ImageLoading.Loaded;
import io.github.multilabel.model.prediction.PredictionResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Images of many callers, predicted in batches. They are decoded when they come, a few batches ahead, so that a long
 * queue holds files rather than pixels; what is decoded while the model is busy makes the next batch. One thread takes
 * them, since computing uses all processors, and a second one would only make batches smaller. Safe for use by any
 * number of threads.
 */
final class BatchQueue implements AutoCloseable {

    /** Decoded ahead, at most: one to be computed next, and one that is decoded meanwhile. */
    private static final int BATCHES_AHEAD = 2;

    private final Limits limits;
    private final Work work;
    private final ReentrantLock lock = new ReentrantLock();
    /** Something is ready, or will never be. */
    private final Condition changed = lock.newCondition();
    /** As they came. */
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    /** How many are being decoded. */
    private int decoding;
    /** Decoded. */
    private final Deque<Ready> ready = new ArrayDeque<>();
    /** How many nanoseconds the last batch took. Of the thread that computes alone. */
    private long lastBatch;

    private final Thread thread;
    private boolean isClosed;

    /**
     * How images wait.
     *
     * @param batchSize of images at most, at least 1
     * @param longestWait of an image for others, where the model is free; zero for none
     * @param queueSize how many images wait at most
     */
    record Limits(int batchSize, Duration longestWait, int queueSize) {}

    /** What is done to images. */
    interface Work {
        /** Starts to decode an image, on threads of its own. */
        CompletableFuture<Loaded> decode(ImageSource image);

        /** The answer of an image that cannot be decoded. */
        PredictionResult refuse(Loaded failed);

        /** The answers of images that were decoded, in order. */
        List<? extends PredictionResult> compute(List<Loaded> images);
    }

    /** An image with its answer to come. */
    private record Waiting(ImageSource image, CompletableFuture<PredictionResult> answer, long since) {}

    /** A decoded image with its answer to come. */
    private record Ready(Loaded image, CompletableFuture<PredictionResult> answer, long since) {}

    /** Starts the thread. */
    BatchQueue(String name, Limits limits, Work work) {
        this.limits = limits;
        this.work = work;
        this.thread = new Thread(this::run, "multilabel-serving-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The number of images that wait. */
    int size() {
        lock.lock();
        try {
            return held();
        } finally {
            lock.unlock();
        }
    }

    private int held() {
        return waiting.size() + decoding + ready.size();
    }

    /**
     * Puts images into the queue, all or none.
     *
     * @return an answer for each, which fails if the model does; a caller that gives up cancels it
     * @throws BusyException if there is no room
     * @throws IllegalStateException if it is closed
     */
    List<CompletableFuture<PredictionResult>> add(List<ImageSource> images) {
        long now = System.nanoTime();
        List<Waiting> added = images.stream()
                .map(image -> new Waiting(image, new CompletableFuture<>(), now))
                .toList();
        lock.lock();
        try {
            if (isClosed) {
                throw new IllegalStateException("this queue is closed");
            }
            if (held() + images.size() > limits.queueSize) {
                throw new BusyException(held() + " images wait, and " + images.size() + " more came, where "
                        + limits.queueSize + " may wait; try again in a moment");
            }
            waiting.addAll(added);
        } finally {
            lock.unlock();
        }
        decodeMore();
        return added.stream().map(Waiting::answer).toList();
    }

    /** Without the lock, as what is decoded at once is answered on this thread. */
    private void decodeMore() {
        for (Waiting each : toDecode()) {
            try {
                work.decode(each.image).whenComplete((image, problem) -> {
                    onDecoded(each, image, problem);
                    decodeMore();
                });
            } catch (RuntimeException | Error e) { // no thread can be started, perhaps
                onDecoded(each, null, e);
            }
        }
    }

    private List<Waiting> toDecode() {
        lock.lock();
        try {
            List<Waiting> taken = new ArrayList<>();
            while (!waiting.isEmpty() && decoding + ready.size() < BATCHES_AHEAD * limits.batchSize) {
                Waiting first = waiting.removeFirst();
                if (!first.answer.isDone()) { // its caller may have given up
                    decoding++;
                    taken.add(first);
                }
            }
            changed.signalAll(); // if all have given up
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void onDecoded(Waiting each, @Nullable Loaded image, @Nullable Throwable problem) {
        if (image == null) {
            each.answer.completeExceptionally(problem);
        } else if (image.pixels().isEmpty()) {
            refuse(each, image);
        }
        lock.lock();
        try {
            decoding--;
            if (image != null && !each.answer.isDone()) { // refused, or given up
                ready.add(new Ready(image, each.answer, each.since));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void refuse(Waiting each, Loaded image) {
        try {
            each.answer.complete(work.refuse(image));
        } catch (RuntimeException | Error e) { // of whoever counts
            each.answer.completeExceptionally(e);
        }
    }

    private void run() {
        for (List<Ready> batch = next(); !batch.isEmpty(); batch = next()) {
            decodeMore();
            long start = System.nanoTime();
            answer(batch);
            lastBatch = System.nanoTime() - start;
        }
    }

    private void answer(List<Ready> batch) {
        try {
            List<? extends PredictionResult> results =
                    work.compute(batch.stream().map(Ready::image).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer.complete(results.get(i));
            }
        } catch (RuntimeException | Error e) { // nobody may wait for ever, and the next batch may be well
            batch.forEach(each -> each.answer.completeExceptionally(e));
        }
    }

    /** The images of the next batch; none when the queue is closed and empty. */
    private List<Ready> next() {
        lock.lock();
        try {
            List<Ready> batch = new ArrayList<>();
            while (batch.isEmpty()) {
                while (ready.isEmpty()) {
                    if (isClosed && held() == 0) {
                        return List.of();
                    }
                    changed.awaitUninterruptibly();
                }
                awaitOthers();
                while (!ready.isEmpty() && batch.size() < limits.batchSize) {
                    Ready first = ready.removeFirst();
                    if (!first.answer.isDone()) { // its caller may have given up
                        batch.add(first);
                    }
                }
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for images that may share the batch: for those that are being decoded as long as the last batch took, since
     * that is what they would wait for this one; for those that may come, as long as was set.
     */
    private void awaitOthers() {
        long free = System.nanoTime();
        while (!isClosed && !ready.isEmpty() && ready.size() < limits.batchSize) {
            long others = ready.getFirst().since + limits.longestWait.toNanos() - System.nanoTime();
            long decoded = decoding == 0 ? 0 : free + lastBatch - System.nanoTime();
            if (Math.max(others, decoded) <= 0) {
                break;
            }
            try {
                var unused = changed.await(Math.max(others, decoded), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) { // nobody who knows this thread does that
                Thread.currentThread().interrupt();
                break;
            }
        }
    }

    /** Takes no more images, and waits until all that were taken are answered. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean isInterrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
