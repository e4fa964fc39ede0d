package io.github.multilabel.training.internal.loop;

import io.github.multilabel.evaluation.internal.EvaluationLoop;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingListener;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The link of a training that runs to the outside: it calls listeners, and can be stopped. */
public final class TrainingControl {

    private final List<TrainingListener> listeners;
    private volatile boolean stopAsked;
    private boolean interrupted;

    public TrainingControl(List<TrainingListener> listeners) {
        this.listeners = listeners;
    }

    /** Asks to stop after the present batch; from any thread. */
    public void stop() {
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

    /** Whether a failure only means that the thread was interrupted while it waited. */
    boolean isStop(UncheckedIOException failure) {
        return failure.getCause() instanceof InterruptedIOException && isStopAsked();
    }

    /** Lets an evaluation within the training be stopped, and shows how far it is. */
    EvaluationLoop.Watch watching(EvaluationLoop.Watch progress) {
        return new EvaluationLoop.Watch() {
            @Override
            public boolean isStopAsked() {
                return TrainingControl.this.isStopAsked();
            }

            @Override
            public void onBatch(int images, EvaluationAccumulator current) {
                progress.onBatch(images, current);
            }
        };
    }

    void publish(TrainingEvent event) {
        listeners.forEach(listener -> listener.on(event));
    }

    /** Gives an interrupt back to the caller of the training. */
    public void end() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
