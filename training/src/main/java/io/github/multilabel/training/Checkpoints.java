package io.github.multilabel.training;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.training.checkpoint.CheckpointStore;
import io.github.multilabel.training.checkpoint.SavedCheckpoint;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a training saves checkpoints, and from which it starts; nothing at all if none are wanted. */
final class Checkpoints {

    static final String FINISHED = "finished";

    private static final Logger LOG = LoggerFactory.getLogger(MultiLabelTrainer.class);

    private final Optional<CheckpointOptions> options;
    private final Optional<CheckpointStore> store;
    private final Control control;

    Checkpoints(Optional<CheckpointOptions> options, Control control) {
        this.options = options;
        this.store = options.map(wanted -> new CheckpointStore(wanted.folder()));
        this.control = control;
    }

    /**
     * The checkpoint to go on from; to be closed by the caller.
     *
     * @throws IllegalStateException if nobody asked to go on, and the folder has an unfinished training
     * @throws IOException if a folder cannot be read, or has checkpoints of which none is whole
     */
    Optional<SavedCheckpoint> start() throws IOException {
        if (options.isEmpty()) {
            return Optional.empty();
        }
        CheckpointStore folder = store.orElseThrow();
        folder.removeLeftovers();
        Optional<SavedCheckpoint> newest = folder.newest();
        if (options.get().resume()) {
            newest.ifPresentOrElse(
                    checkpoint -> LOG.info("going on from {}", checkpoint.path()),
                    () -> LOG.info("no checkpoint in {}: the training starts at its beginning", folder.folder()));
            return newest;
        }
        if (newest.isPresent()) {
            try (SavedCheckpoint earlier = newest.get()) {
                requireFinished(earlier);
            }
            LOG.info("removing the checkpoints of a finished training from {}", folder.folder());
            folder.clear();
        }
        return Optional.empty();
    }

    private static void requireFinished(SavedCheckpoint earlier) {
        if (!earlier.description().get(FINISHED).getAsBoolean()) {
            throw new IllegalStateException(
                    "'" + earlier.path().getParent() + "' holds a training that is not finished;"
                            + " go on with it by optResume(true), or delete the folder to start anew");
        }
    }

    /**
     * The precision of the training in a folder, which goes on in it.
     *
     * @return empty if the folder has no checkpoint
     * @throws IOException if the folder cannot be read, or has checkpoints of which none is whole
     */
    static Optional<Precision> precision(Path folder) throws IOException {
        try (SavedCheckpoint checkpoint = new CheckpointStore(folder).newest().orElse(null)) {
            return Optional.ofNullable(checkpoint)
                    .map(saved -> RunSettings.precision(saved.description().getAsJsonObject("settings")));
        }
    }

    boolean areWanted() {
        return options.isPresent();
    }

    /** Whether one is due in the middle of an epoch. */
    boolean areDueAfter(long step) {
        return options.isPresent()
                && options.get().every().isPresent()
                && step % options.get().every().getAsInt() == 0;
    }

    /** Saves one. If that fails, the training goes on: it is worth more than its insurance, and the last one stays. */
    void save(long step, JsonObject description, Map<String, NDArray> tensors) {
        CheckpointStore folder = store.orElseThrow();
        TrainingEvent event;
        try {
            event = new TrainingEvent.CheckpointSaved(write(folder, step, description, tensors), step);
        } catch (IOException e) {
            event = failed(folder, step, e);
        } catch (OutOfMemoryError | EngineException e) {
            event = failed(folder, step, new IOException("there is not enough memory: " + e.getMessage(), e));
        }
        control.tell(event);
    }

    private static TrainingEvent failed(CheckpointStore folder, long step, IOException cause) {
        LOG.error(
                "the checkpoint of step {} cannot be written to {}, the earlier ones are as they were and the training"
                        + " goes on: {}",
                step,
                folder.folder(),
                cause.toString());
        return new TrainingEvent.CheckpointFailed(folder.folder(), step, cause);
    }

    private Path write(CheckpointStore folder, long step, JsonObject description, Map<String, NDArray> tensors)
            throws IOException {
        try {
            return folder.save(step, description, tensors);
        } catch (ClosedByInterruptException e) {
            if (!control.isStopAsked()) {
                throw e;
            }
            return folder.save(step, description, tensors); // the interrupt that broke it is put aside now
        }
    }
}
