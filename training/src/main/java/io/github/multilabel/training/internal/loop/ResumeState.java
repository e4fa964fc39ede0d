package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.training.internal.checkpoint.SavedCheckpoint;
import java.io.IOException;
import java.util.Map;

/** The state of the phase and the epoch in which a training was interrupted, kept until they have begun again. */
final class ResumeState implements AutoCloseable {

    private final NDManager manager;
    private Map<String, NDArray> phase = Map.of();
    private Map<String, NDArray> epoch = Map.of();

    /** Nothing: a training that starts at its beginning. */
    ResumeState(NDManager parent) {
        manager = parent.newSubManager();
    }

    /** Reads the state of the phase that goes on, and of its epoch if that was not over. */
    void read(SavedCheckpoint checkpoint) throws IOException {
        phase = checkpoint.tensors(manager, CheckpointKeys.STEPS);
        epoch = checkpoint.tensors(manager, CheckpointKeys.EPOCH);
    }

    /**
     * Restores the first phase that asks.
     *
     * @throws InvalidOptionsException if the phase trains other parameters than it did
     */
    void give(PhaseRun run) {
        if (!phase.isEmpty()) {
            try {
                run.restore(phase);
            } catch (IllegalArgumentException e) {
                throw new InvalidOptionsException("the training cannot go on from its checkpoint: the phase that it was"
                        + " saved in trained other parameters than the phase that is now in its place ("
                        + e.getMessage()
                        + "); set phases and frozen epochs as they were, or start a new training with another folder in"
                        + " optCheckpoints");
            }
            phase = Map.of();
        }
    }

    /** Restores the first epoch that asks, then frees everything. */
    void give(EpochProgress current) {
        if (!epoch.isEmpty()) {
            current.restore(epoch);
            epoch = Map.of();
        }
        manager.close();
    }

    @Override
    public void close() {
        manager.close();
    }
}
