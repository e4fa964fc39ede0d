package io.github.multilabel.training;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What the outside wants of a training that runs: to hear of it, and to stop it. */
final class Control {

    private final List<TrainingListener> listeners;
    private volatile boolean stopAsked;
    private boolean interrupted;

    Control(List<TrainingListener> listeners) {
        this.listeners = listeners;
    }

    /** Asks to stop after the present batch; from any thread. */
    void stop() {
        stopAsked = true;
    }

    /**
     * Whether to stop. An interrupt of the training thread counts, and is put aside until {@link #end}: it would break
     * the writing of a checkpoint.
     */
    boolean isStopAsked() {
        if (Thread.interrupted()) {
            interrupted = true;
            stopAsked = true;
        }
        return stopAsked;
    }

    /** Whether a failure only says that the thread was interrupted while it waited. */
    boolean isStop(UncheckedIOException failure) {
        return failure.getCause() instanceof InterruptedIOException && isStopAsked();
    }

    void tell(TrainingEvent event) {
        listeners.forEach(listener -> listener.on(event));
    }

    /** Gives an interrupt back to the caller of the training. */
    void end() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
