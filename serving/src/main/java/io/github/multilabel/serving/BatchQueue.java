package io.github.multilabel.serving;

import io.github.multilabel.core.image.ImageSource;
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
import java.util.function.Function;

/**
 * Images of many callers, predicted in batches: what waits while the model is busy makes the next batch. One thread
 * takes them, since decoding a batch and computing it each use all processors, and a second one would only make batches
 * smaller. Safe for use by any number of threads.
 */
final class BatchQueue implements AutoCloseable {

    private final Limits limits;
    private final Function<List<ImageSource>, List<PredictionResult>> predict;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
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

    /** An image with its answer to come. */
    private record Waiting(ImageSource image, CompletableFuture<PredictionResult> answer, long since) {}

    /**
     * Starts the thread.
     *
     * @param predict gives an answer for each image, whatever the image
     */
    BatchQueue(String name, Limits limits, Function<List<ImageSource>, List<PredictionResult>> predict) {
        this.limits = limits;
        this.predict = predict;
        this.thread = new Thread(this::run, "multilabel-serving-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The number of images that wait. */
    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts images into the queue, all or none.
     *
     * @return an answer for each, which fails if the model does; a caller that gives up cancels it
     * @throws BusyException if there is no room
     * @throws IllegalStateException if it is closed
     */
    List<CompletableFuture<PredictionResult>> add(List<ImageSource> images) {
        lock.lock();
        try {
            if (isClosed) {
                throw new IllegalStateException("this queue is closed");
            }
            if (waiting.size() + images.size() > limits.queueSize) {
                throw new BusyException(waiting.size() + " images wait, and " + images.size() + " more came, where "
                        + limits.queueSize + " may wait; try again in a moment");
            }
            long now = System.nanoTime();
            List<Waiting> added = images.stream()
                    .map(image -> new Waiting(image, new CompletableFuture<>(), now))
                    .toList();
            waiting.addAll(added);
            arrived.signalAll();
            return added.stream().map(Waiting::answer).toList();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (List<Waiting> batch = next(); !batch.isEmpty(); batch = next()) {
            answer(batch);
        }
    }

    private void answer(List<Waiting> batch) {
        try {
            List<PredictionResult> results =
                    predict.apply(batch.stream().map(Waiting::image).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer.complete(results.get(i));
            }
        } catch (RuntimeException | Error e) { // nobody may wait for ever, and the next batch may be well
            batch.forEach(each -> each.answer.completeExceptionally(e));
        }
    }

    /** The images of the next batch; none when the queue is closed and empty. */
    private List<Waiting> next() {
        lock.lock();
        try {
            List<Waiting> batch = new ArrayList<>();
            while (batch.isEmpty()) {
                while (waiting.isEmpty()) {
                    if (isClosed) {
                        return List.of();
                    }
                    arrived.awaitUninterruptibly();
                }
                awaitOthers();
                while (!waiting.isEmpty() && batch.size() < limits.batchSize) {
                    Waiting first = waiting.removeFirst();
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

    private void awaitOthers() {
        long end = waiting.getFirst().since + limits.longestWait.toNanos();
        boolean isInterrupted = false;
        while (!isClosed && !waiting.isEmpty() && waiting.size() < limits.batchSize) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                var unused = arrived.await(left, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) { // nobody who knows this thread does that
                isInterrupted = true;
                break;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes no more images, and waits until all that were taken are answered. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            arrived.signalAll();
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
