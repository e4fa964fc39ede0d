package io.github.multilabel.training.internal.loop;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.FileFailure;
import io.github.multilabel.core.internal.files.ProcessLock;
import io.github.multilabel.core.internal.files.Replacement;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.internal.checkpoint.CheckpointStore;
import io.github.multilabel.training.internal.checkpoint.SavedCheckpoint;
import io.github.multilabel.training.internal.settings.CheckpointSettings;
import io.github.multilabel.training.internal.settings.OptimisationSettings;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * When a training saves checkpoints, and from which it starts; nothing at all if none are wanted. From {@link #start}
 * to {@link #close} their folder is this training's alone.
 */
public final class Checkpoints implements AutoCloseable {

    private static final Logger LOG = TrainingLog.LOG;

    private final Optional<CheckpointSettings> options;
    private final TrainingControl control;
    /** Null until the training starts, as are the lock and the store. */
    private @Nullable Replacement replacement;

    private @Nullable ProcessLock lock;
    private @Nullable CheckpointStore store;
    /** Whether the newest checkpoint is the last one of its training. */
    private boolean finished;

    Checkpoints(Optional<CheckpointSettings> options, TrainingControl control) {
        this.options = options;
        this.control = control;
    }

    /**
     * The checkpoint to go on from; to be closed by the caller.
     *
     * @throws IllegalStateException if another training has the folder, or if there is a training in it and nobody
     *     asked to go on with it or to replace it
     * @throws IOException if a folder cannot be read or written, or has checkpoints of which none is whole
     */
    Optional<SavedCheckpoint> start() throws IOException {
        if (options.isEmpty()) {
            return Optional.empty();
        }
        Path folder = options.get().folder();
        Replacement unfinished = replacement(folder);
        replacement = unfinished;
        lock = ProcessLock.ofFolder(folder);
        unfinished.recover();
        return options.get().resume()
                ? resume(folder)
                : begin(folder, unfinished, options.get().overwrite());
    }

    private Optional<SavedCheckpoint> resume(Path folder) throws IOException {
        CheckpointStore resumed = unfinished(folder);
        store = resumed;
        resumed.removeLeftovers();
        Optional<SavedCheckpoint> newest = resumed.newest();
        newest.ifPresentOrElse(
                checkpoint -> {
                    finished = isFinished(checkpoint);
                    LOG.info("going on from {}", checkpoint.path());
                },
                () -> LOG.info("no checkpoint in {}: the training starts at its beginning", folder));
        return newest;
    }

    private Optional<SavedCheckpoint> begin(Path folder, Replacement unfinished, boolean overwrite) throws IOException {
        CheckpointStore present = new CheckpointStore(folder);
        store = present;
        present.removeLeftovers();
        if (!overwrite) {
            requireNothingToLose(present, unfinished);
            unfinished.discard();
            return Optional.empty();
        }
        if (unfinished.isBegun()) {
            LOG.info("removing {}, a training that was not finished", unfinished.place());
            unfinished.discard();
        }
        if (!present.isEmpty()) {
            store = new CheckpointStore(unfinished.place());
            AtomicOutput.makeFolder(unfinished.place());
            LOG.info("the earlier checkpoints stay in {} until this training is over", folder);
        }
        return Optional.empty();
    }

    private CheckpointStore store() {
        return Objects.requireNonNull(store, "checkpoints are saved after the start");
    }

    private static Replacement replacement(Path folder) {
        return new Replacement(folder, CheckpointStore::isCheckpoint);
    }

    /** The checkpoints of a training that goes on: those of one that was to replace another, if such a one began. */
    private static CheckpointStore unfinished(Path folder) {
        Replacement replacement = replacement(folder);
        return new CheckpointStore(replacement.isBegun() ? replacement.place() : folder);
    }

    private static void requireNothingToLose(CheckpointStore present, Replacement unfinished) throws IOException {
        if (!new CheckpointStore(unfinished.place()).isEmpty()) {
            throw inTheWay(unfinished.place(), "a training that is not finished");
        }
        try (SavedCheckpoint earlier = present.newest().orElse(null)) {
            if (earlier != null) {
                throw inTheWay(
                        present.folder(),
                        isFinished(earlier) ? "a finished training" : "a training that is not finished");
            }
        }
    }

    private static IllegalStateException inTheWay(Path folder, String what) {
        return new IllegalStateException("'" + folder + "' holds " + what
                + "; go on with it by CheckpointOptions.resume() (with more epochs, if it is finished), replace it"
                + " by CheckpointOptions.overwrite(), or name another folder");
    }

    private static boolean isFinished(SavedCheckpoint checkpoint) {
        return checkpoint.description().get(CheckpointKeys.FINISHED).getAsBoolean();
    }

    /**
     * The precision of the training in a folder, which goes on in it.
     *
     * @return empty if the folder has no checkpoint
     * @throws IOException if the folder cannot be read, or has checkpoints of which none is whole
     */
    public static Optional<Precision> precision(Path folder) throws IOException {
        return description(folder)
                .map(saved -> saved.getAsJsonObject(CheckpointKeys.SETTINGS)
                        .get(OptimisationSettings.PRECISION)
                        .getAsString())
                .map(OptimisationSettings::precision);
    }

    /** What the newest checkpoint in a folder says of its training; empty if there is none. */
    static Optional<JsonObject> description(Path folder) throws IOException {
        try (SavedCheckpoint checkpoint = unfinished(folder).newest().orElse(null)) {
            return Optional.ofNullable(checkpoint).map(SavedCheckpoint::description);
        }
    }

    boolean areWanted() {
        return options.isPresent();
    }

    /** After how many steps one is saved, beside the ends of epochs. */
    OptionalInt interval() {
        return options.map(CheckpointSettings::interval).orElse(OptionalInt.empty());
    }

    /** Whether one is due in the middle of an epoch. */
    boolean areDueAfter(long step) {
        return options.isPresent()
                && options.get().interval().isPresent()
                && step % options.get().interval().getAsInt() == 0;
    }

    /** Saves one. If that fails, the training goes on: it is worth more than its insurance, and the last one stays. */
    void save(long step, JsonObject description, Map<String, NDArray> tensors) {
        TrainingEvent event;
        try {
            Path saved = write(step, description, tensors);
            finished = description.get(CheckpointKeys.FINISHED).getAsBoolean();
            event = new TrainingEvent.CheckpointSaved(saved, step);
        } catch (IOException e) {
            event = failed(step, e);
        } catch (OutOfMemoryError | EngineException e) {
            event = failed(step, new IOException("there is not enough memory: " + e.getMessage(), e));
        }
        control.publish(event);
    }

    private TrainingEvent failed(long step, IOException cause) {
        LOG.error(
                "the checkpoint of step {} cannot be written to {}, the earlier ones are as they were and the"
                        + " training goes on: {}",
                step,
                store().folder(),
                FileFailure.message(cause));
        return new TrainingEvent.CheckpointFailed(store().folder(), step, cause);
    }

    private Path write(long step, JsonObject description, Map<String, NDArray> tensors) throws IOException {
        try {
            return store().save(step, description, tensors);
        } catch (ClosedByInterruptException e) {
            if (!control.isStopAsked()) {
                throw e;
            }
            return store().save(step, description, tensors); // the interrupt that broke it is put aside now
        }
    }

    /** Lets the checkpoints of a training that is over take the place of those that it was to replace. */
    void complete() {
        Replacement unfinished = replacement;
        if (unfinished == null || !finished || !store().folder().equals(unfinished.place())) {
            return;
        }
        try {
            unfinished.complete();
        } catch (IOException e) {
            LOG.error(
                    "the new checkpoints cannot take the place of the earlier ones in {}, a resume tries it again: {}",
                    options.orElseThrow().folder(),
                    FileFailure.message(e));
        }
    }

    @Override
    public void close() {
        Replacement unfinished = replacement;
        if (lock == null || unfinished == null) {
            return;
        }
        try (ProcessLock ended = lock) {
            if (unfinished.isBegun() && new CheckpointStore(unfinished.place()).isEmpty()) {
                unfinished.discard(); // it came to nothing
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", unfinished.place(), FileFailure.message(e));
        }
    }
}
