package io.github.multilabel.cli.program;

import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.ProcessLock;
import io.github.multilabel.core.internal.files.Replacement;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.training.internal.checkpoint.CheckpointStore;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that a training writes, which is its own as long as it runs. A training that is to replace another one
 * writes into a folder inside, {@link Replacement#place}, which takes the place of the other when it is complete.
 */
final class RunFolder implements AutoCloseable {

    static final String MODEL = "model";
    static final String METRICS = "metrics.json";
    static final String CURVES = "learning-curves.png";
    static final String SAMPLES = "validation-samples.png";
    static final String PREDICTIONS = "predictions.csv";
    /** The same for programs: what {@code Predictions} reads. */
    static final String LOGITS = "predictions.safetensors";

    static final String CHECKPOINTS = "checkpoints";
    static final String TENSOR_BOARD = "tensorboard";
    static final String SPLIT = "split.csv";

    private static final List<String> RESULTS =
            List.of(MODEL, METRICS, PREDICTIONS, LOGITS, ReportOutput.FILE, CURVES, SAMPLES);
    private static final List<String> LOGS = List.of("steps.csv", "history.csv", SPLIT, StartedTraining.FILE);

    private final Path folder;
    private final Replacement replacement;
    /** Empty if nothing is written that a training has. */
    private final Optional<ProcessLock> lock;

    private final boolean resumed;
    /** Whether the folder was not there before. */
    private final boolean isMade;
    /** Where this training writes: the folder, or the replacement in it. */
    private Path place;

    private RunFolder(Path folder, Optional<ProcessLock> lock, boolean resumed, boolean isMade) {
        this.folder = folder;
        this.replacement = new Replacement(folder, RESULTS::contains);
        this.lock = lock;
        this.resumed = resumed;
        this.isMade = isMade;
        this.place = folder;
    }

    /** For what adds a file of its own and leaves a training there alone. */
    static RunFolder beside(Path folder) throws IOException {
        AtomicOutput.makeFolder(folder);
        return new RunFolder(folder, Optional.empty(), false, false);
    }

    /**
     * Takes a folder for a training, and checks before it, not after its last epoch, that everything can be written.
     *
     * @param resume whether to go on with the training that is there
     * @param overwrite whether to replace the training that is there
     * @throws InvalidInputException if it holds a training that is neither resumed nor replaced, or files that are not
     *     of a training
     * @throws IOException if it cannot be written, or another process has it
     */
    static RunFolder take(Path folder, boolean resume, boolean overwrite) throws IOException {
        if (resume && overwrite) {
            throw new InvalidInputException(
                    "--resume continues the training in " + folder + " and --overwrite replaces it: give one of them");
        }
        boolean isMade = !Files.exists(folder);
        RunFolder taken = new RunFolder(folder, Optional.of(lock(folder)), resume, isMade);
        boolean isReady = false;
        try {
            taken.begin(resume, overwrite);
            isReady = true;
            return taken;
        } finally {
            if (!isReady) {
                taken.close();
            }
        }
    }

    /**
     * The right to write a folder.
     *
     * @throws IOException if another process has it, or the folder cannot be made or written
     */
    static ProcessLock lock(Path folder) throws IOException {
        try {
            return ProcessLock.ofFolder(folder);
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Whether a training that is to replace the one in a folder has a checkpoint. */
    static boolean isReplaced(Path folder) throws IOException {
        return hasCheckpoints(new Replacement(folder, RESULTS::contains).place());
    }

    /** Removes a folder that was made for nothing. */
    static void removeIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // it was not for nothing, or somebody else writes there by now
        }
    }

    private void begin(boolean resume, boolean overwrite) throws IOException {
        FoldsOutput.requireNone(folder);
        replacement.recover();
        AtomicOutput.recover(folder.resolve(MODEL));
        requireWritable();
        boolean isBegun = hasCheckpoints(replacement.place()) || hasResults(replacement.place());
        boolean hasCheckpoints = hasCheckpoints(folder);
        boolean hasResults = hasResults(folder);
        if (resume) {
            if (!replacement.isBegun() && !hasCheckpoints && hasResults) {
                throw new InvalidInputException("'" + folder + "' holds a finished training, but no checkpoint to go on"
                        + " from: --overwrite replaces it by a new one, another --output keeps it (--weights "
                        + folder.resolve(MODEL).resolve("weights.safetensors") + " starts from its weights)");
            }
            if (!replacement.isBegun() && !hasCheckpoints) {
                System.out.println("nothing to resume in " + folder + ": the training begins");
            }
            place = replacement.isBegun() ? replacement.place() : folder;
        } else if (overwrite) {
            replace(hasCheckpoints || hasResults, isBegun);
        } else {
            requireNothingToLose(isBegun, hasResults, hasCheckpoints);
            replacement.discard();
        }
    }

    static boolean hasCheckpoints(Path place) throws IOException {
        return !new CheckpointStore(place.resolve(CHECKPOINTS)).isEmpty();
    }

    private static boolean hasResults(Path place) {
        return RESULTS.stream().map(place::resolve).anyMatch(Files::exists);
    }

    private void replace(boolean hasTraining, boolean isBegun) throws IOException {
        if (isBegun) {
            System.out.println("dropping the training in " + replacement.place() + ", which was not finished");
        }
        replacement.discard();
        if (hasTraining) {
            requireReplaceable();
            place = replacement.place();
            AtomicOutput.makeFolder(place);
            System.out.println("the earlier training in " + folder + " stays until this one is complete; meanwhile this"
                    + " one writes to " + place);
        }
    }

    private void requireNothingToLose(boolean isBegun, boolean hasResults, boolean hasCheckpoints) {
        if (isBegun) {
            throw new InvalidInputException("'" + replacement.place()
                    + "' holds a training that is not finished and was"
                    + " to replace the one in '" + folder + "': --resume goes on with it, --overwrite drops it and"
                    + " replaces that one by another, another --output keeps both");
        }
        if (hasResults) {
            throw new InvalidInputException("'" + folder + "' holds a finished training: --resume goes on with it, with"
                    + " more --epochs, --overwrite replaces it when the new one is complete, another --output keeps"
                    + " both");
        }
        if (hasCheckpoints) {
            throw new InvalidInputException("'" + folder + "' holds a training that is not finished: --resume goes on"
                    + " with it, --overwrite replaces it when the new one is complete, another --output keeps both");
        }
    }

    private void requireWritable() throws IOException {
        for (String name : Stream.concat(Stream.of(METRICS, PREDICTIONS, CURVES, SAMPLES), LOGS.stream())
                .toList()) {
            Path file = folder.resolve(name);
            if (Files.isDirectory(file)) {
                throw new IOException("'" + file + "' is a folder, but a file of that name is to be written; remove it"
                        + " or name another --output");
            }
        }
        for (String name : List.of(CHECKPOINTS, TENSOR_BOARD)) {
            Path inside = folder.resolve(name);
            if (Files.exists(inside, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(inside)) {
                throw new IOException(
                        "'" + inside + "' is a file, but a folder of that name is to be written; remove it"
                                + " or name another --output");
            }
            if (Files.exists(inside) && !Files.isWritable(inside)) {
                throw new IOException("'" + inside + "' cannot be written by this user; name another --output");
            }
        }
        MultiLabelModel.requireSavable(folder.resolve(MODEL));
        TrainingFiles.requireOwn(folder);
    }

    /** Whatever a training did not write, nobody asked to remove. */
    private void requireReplaceable() throws IOException {
        for (String name : List.of(MODEL, CHECKPOINTS, TENSOR_BOARD)) {
            Path inside = folder.resolve(name);
            if (Files.isSymbolicLink(inside)) {
                throw new IOException(
                        "'" + inside + "' is a link; --overwrite does not replace what it leads to: remove"
                                + " it, or name another --output");
            }
        }
        requireOnly(folder.resolve(CHECKPOINTS), "\\.?checkpoint-.*|\\.lock"); // a lock stays after a kill
        requireOnly(folder.resolve(TENSOR_BOARD), "events\\.out\\.tfevents\\..*");
    }

    private static void requireOnly(Path inside, String names) throws IOException {
        if (!Files.exists(inside)) {
            return;
        }
        try (Stream<Path> entries = Files.list(inside)) {
            List<Path> others = entries.filter(
                            entry -> !entry.getFileName().toString().matches(names))
                    .sorted()
                    .toList();
            if (!others.isEmpty()) {
                throw new IOException(
                        "'" + others.get(0) + "' is not of a training, and would go with --overwrite; move"
                                + " it, or name another --output");
            }
        }
    }

    /** As the user named it. */
    Path folder() {
        return folder;
    }

    /** A file or folder of this training. */
    Path of(String name) {
        return place.resolve(name);
    }

    /** Where it is written at present. */
    Path place() {
        return place;
    }

    /** Whether a training writes it, and not a program that adds a file to it. */
    boolean isOfTraining() {
        return lock.isPresent();
    }

    /** Whether the training that is there is resumed. */
    boolean isResumed() {
        return resumed;
    }

    boolean isReplacement() {
        return !place.equals(folder);
    }

    /** Lets what was written take the place of the earlier training, if there is one. */
    void complete() throws IOException {
        if (isReplacement()) {
            replacement.complete();
        }
    }

    @Override
    public void close() throws IOException {
        if (lock.isEmpty()) {
            return;
        }
        try (ProcessLock ended = lock.get()) {
            if (!hasCheckpoints(replacement.place()) && !hasResults(replacement.place())) {
                replacement.discard(); // it came to nothing
            }
        }
        if (isMade) {
            removeIfEmpty(folder);
        }
    }
}
