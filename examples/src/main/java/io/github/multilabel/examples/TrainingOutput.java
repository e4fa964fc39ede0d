package io.github.multilabel.examples;

import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.files.AtomicOutput;
import io.github.multilabel.core.files.FileFailure;
import io.github.multilabel.core.files.ProcessLock;
import io.github.multilabel.core.files.Replacement;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.training.LearningRateRange;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.TrainingEnd;
import io.github.multilabel.training.TrainingEvent;
import io.github.multilabel.training.TrainingListener;
import io.github.multilabel.training.TrainingResult;
import io.github.multilabel.training.checkpoint.CheckpointStore;
import io.github.multilabel.training.metrics.Evaluation;
import io.github.multilabel.training.report.CsvLog;
import io.github.multilabel.training.report.LearningCurves;
import io.github.multilabel.training.report.LearningRatePlot;
import io.github.multilabel.training.report.MetricsJson;
import io.github.multilabel.training.report.TensorBoardLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a training leaves: metrics.json, learning-curves.png and the model at its end; steps.csv, history.csv, logs for
 * TensorBoard and checkpoints while it runs. The last checkpoints stay, so that it can go on with more epochs.
 *
 * <p>A folder belongs to one training at a time. A training that is to replace another one writes all of this into a
 * folder inside, {@link Replacement#place}, which takes the place of the other when it is complete.
 */
final class TrainingOutput implements AutoCloseable {

    private static final String MODEL = "model";
    private static final String METRICS = "metrics.json";
    private static final String CURVES = "learning-curves.png";
    private static final String STEPS = "steps.csv";
    private static final String HISTORY = "history.csv";
    private static final String CHECKPOINTS = "checkpoints";
    private static final String TENSOR_BOARD = "tensorboard";

    private static final List<String> RESULTS = List.of(MODEL, METRICS, CURVES);

    private final Path folder;
    private final Replacement replacement;
    /** Null if nothing is written that another training has. */
    private final ProcessLock lock;
    /** Where this training writes: the folder, or the replacement in it. */
    private Path place;

    private boolean isLastCheckpointThere = true;

    private TrainingOutput(Path folder, ProcessLock lock) {
        this.folder = folder;
        this.replacement = new Replacement(folder, RESULTS::contains);
        this.lock = lock;
        this.place = folder;
    }

    /** For a look for a learning rate, which adds a picture and leaves everything else alone. */
    static TrainingOutput ofSearch(Path folder) throws IOException {
        AtomicOutput.makeFolder(folder);
        return new TrainingOutput(folder, null);
    }

    /**
     * Takes a folder for a training, and checks before it, not after its last epoch, that everything can be written.
     *
     * @param resume whether to go on with the training that is there
     * @param overwrite whether to replace the training that is there
     * @throws IllegalStateException if another process has it, or it holds what is neither gone on with nor replaced
     */
    static TrainingOutput ofTraining(Path folder, boolean resume, boolean overwrite) throws IOException {
        if (resume && overwrite) {
            throw new IllegalArgumentException("--resume goes on with the training in " + folder
                    + " and --overwrite replaces it: give one of them");
        }
        TrainingOutput output = new TrainingOutput(folder, ProcessLock.ofFolder(folder));
        boolean isReady = false;
        try {
            output.begin(resume, overwrite);
            isReady = true;
            return output;
        } finally {
            if (!isReady) {
                output.close();
            }
        }
    }

    private void begin(boolean resume, boolean overwrite) throws IOException {
        replacement.recover();
        AtomicOutput.recover(folder.resolve(MODEL));
        requireWritable();
        boolean isBegun = hasCheckpoints(replacement.place()) || hasResults(replacement.place());
        boolean hasCheckpoints = hasCheckpoints(folder);
        boolean hasResults = hasResults(folder);
        if (resume) {
            if (!replacement.isBegun() && !hasCheckpoints && hasResults) {
                throw new IllegalStateException("'" + folder + "' holds a finished training, but no checkpoint to go on"
                        + " from: --overwrite replaces it by a new one, another --output keeps it (--weights "
                        + folder.resolve(MODEL).resolve("weights.safetensors") + " starts from its weights)");
            }
            place = replacement.isBegun() ? replacement.place() : folder;
        } else if (overwrite) {
            replace(hasCheckpoints || hasResults, isBegun);
        } else {
            requireNothingToLose(isBegun, hasResults, hasCheckpoints);
            replacement.discard();
        }
    }

    private static boolean hasCheckpoints(Path place) throws IOException {
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
            throw new IllegalStateException("'" + replacement.place()
                    + "' holds a training that is not finished and was"
                    + " to replace the one in '" + folder + "': --resume goes on with it, --overwrite drops it and"
                    + " replaces that one by another, another --output keeps both");
        }
        if (hasResults) {
            throw new IllegalStateException("'" + folder + "' holds a finished training: --resume goes on with it, with"
                    + " more --epochs, --overwrite replaces it when the new one is complete, another --output keeps"
                    + " both");
        }
        if (hasCheckpoints) {
            throw new IllegalStateException("'" + folder + "' holds a training that is not finished: --resume goes on"
                    + " with it, --overwrite replaces it when the new one is complete, another --output keeps both");
        }
    }

    private void requireWritable() throws IOException {
        for (String name : List.of(METRICS, CURVES, STEPS, HISTORY)) {
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
        requireOnly(folder.resolve(CHECKPOINTS), "\\.?checkpoint-.*");
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

    Path checkpoints() {
        return place.resolve(CHECKPOINTS);
    }

    /** Writes steps.csv and history.csv. */
    TrainingListener rows() {
        return new CsvLog(place);
    }

    TrainingListener tensorBoard() {
        return new TensorBoardLog(place.resolve(TENSOR_BOARD));
    }

    /** Knows whether the weights are safe in a checkpoint. */
    TrainingListener watch() {
        return event -> {
            if (event instanceof TrainingEvent.CheckpointSaved) {
                isLastCheckpointThere = true;
            } else if (event instanceof TrainingEvent.CheckpointFailed) {
                isLastCheckpointThere = false;
            }
        };
    }

    /**
     * Trains, tells the user what came of it, and writes it.
     *
     * @return the exit code: 0 if the training came to its end; as {@link StopSignals#exitCode} if it was stopped
     */
    int train(MultiLabelTrainer trainer, MultiLabelDataset train, MultiLabelDataset validation) throws IOException {
        try (StopSignals signals =
                new StopSignals("training stops after this batch and saves a checkpoint", trainer::stop)) {
            TrainingResult result = trainer.fit(train, validation);
            if (result.end() == TrainingEnd.STOPPED) {
                System.out.println("stopped; the same command with " + resume() + " goes on from " + checkpoints());
                return signals.exitCode();
            }
            try (StopSignals writing = new StopSignals(
                    "the results are written first, and then it ends; if they are cut short, the same command with "
                            + resume() + " writes them",
                    () -> {})) {
                write(trainer, result, train.size(), validation);
            }
        }
        return 0;
    }

    /**
     * Looks for a learning rate, draws what came of it, and tells the user.
     *
     * @return the exit code: 0 if a rate is suggested, 1 if none is; as {@link StopSignals#exitCode} if it was stopped
     */
    int findLearningRate(MultiLabelTrainer trainer, MultiLabelDataset train) throws IOException {
        LearningRateRange range;
        try (StopSignals signals = new StopSignals("the test stops after this batch", trainer::stop)) {
            range = trainer.findLearningRate(train);
            if (!range.complete()) {
                System.out.println(range);
                return signals.exitCode();
            }
        }
        System.out.println(range);
        if (Decoration.isMade(
                "learning-rate.png", () -> LearningRatePlot.write(folder.resolve("learning-rate.png"), range))) {
            System.out.println("learning-rate.png is in " + folder);
        }
        return range.suggestion().isPresent() ? 0 : 1;
    }

    private void write(MultiLabelTrainer trainer, TrainingResult result, int images, MultiLabelDataset validation)
            throws IOException {
        Evaluation evaluation = trainer.model().isFlip() // epochs are judged without mirror images
                ? trainer.evaluate(validation)
                : result.best().validation().orElseThrow();
        System.out.println(evaluation.table());
        save(trainer.model());
        write(METRICS, () -> MetricsJson.write(place.resolve(METRICS), evaluation, OptionalLong.of(images)));
        boolean isDrawn =
                Decoration.isMade(CURVES, () -> LearningCurves.write(place.resolve(CURVES), result.history()));
        if (!place.equals(folder)) {
            write("what replaces the earlier training", replacement::complete);
        }
        System.out.println("metrics.json, history.csv" + (isDrawn ? ", " + CURVES : "") + " and model/ are in " + folder
                + "; checkpoints/ there serves to go on with more --epochs by --resume, and may be deleted");
    }

    private String resume() {
        return place.equals(folder) ? "--resume" : "--resume in place of --overwrite";
    }

    private void save(MultiLabelModel model) throws IOException {
        try {
            write("the model", () -> model.save(place.resolve(MODEL)));
        } catch (IOException e) {
            if (!isLastCheckpointThere) {
                Path elsewhere = Files.createTempDirectory("multilabel").resolve(MODEL);
                model.save(elsewhere);
                throw new IOException(
                        e.getMessage() + "; nor could its checkpoint be, so the model is in " + elsewhere, e);
            }
            throw e;
        }
    }

    private void write(String what, Decoration.Work work) throws IOException {
        try {
            work.run();
        } catch (IOException e) {
            throw new IOException(
                    what + " cannot be written to " + place + ": " + FileFailure.message(e)
                            + (isLastCheckpointThere
                                    ? "; everything is in the last checkpoint: make room, and the same command with "
                                            + resume() + " writes it"
                                    : ""),
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        if (lock == null) {
            return;
        }
        try (ProcessLock ended = lock) {
            if (!hasCheckpoints(replacement.place()) && !hasResults(replacement.place())) {
                replacement.discard(); // it came to nothing
            }
        }
    }
}
