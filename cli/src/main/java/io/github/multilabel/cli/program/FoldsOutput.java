package io.github.multilabel.cli.program;

import ai.djl.MalformedModelException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.ProcessLock;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.evaluation.metrics.CrossValidation;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.report.EvaluationReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The folder of a cross validation: a folder of a training for each fold, split.csv with the fold of each row, and when
 * all are there predictions.csv and predictions.safetensors, in which every row is predicted by the model that was
 * trained without it, a report of these, folds.json and folds.csv with the mean and the deviation of every metric; if
 * asked, label-issues.csv and its sheet. As long as this is open, no other program writes there.
 */
public final class FoldsOutput implements AutoCloseable {

    /** What says how good all folds together are. */
    public static final String JSON = "folds.json";

    private static final String CSV = "folds.csv";
    /** The split of a cross validation whose first training has no checkpoint yet. */
    private static final String COMING = ".coming-split.csv";

    private final Path folder;
    private final int folds;
    private final boolean isResumed;
    private final boolean isMade;
    private final ProcessLock lock;

    private FoldsOutput(Path folder, int folds, boolean isResumed, boolean isMade, ProcessLock lock) {
        this.folder = folder;
        this.folds = folds;
        this.isResumed = isResumed;
        this.isMade = isMade;
        this.lock = lock;
    }

    static FoldsOutput take(Path folder, int folds, boolean resume, boolean overwrite) throws IOException {
        boolean isMade = !Files.exists(folder);
        FoldsOutput taken = new FoldsOutput(folder, folds, resume, isMade, RunFolder.lock(folder));
        boolean isReady = false;
        try {
            taken.requireUsable(resume || overwrite);
            taken.settle();
            isReady = true;
            return taken;
        } finally {
            if (!isReady) {
                taken.close();
            }
        }
    }

    /**
     * Checks that a folder is free for a training of its own.
     *
     * @throws InvalidInputException if it is that of a cross validation
     */
    static void requireNone(Path folder) {
        if (!Files.exists(folder.resolve(JSON)) && !Files.exists(fold(folder, 1))) {
            return;
        }
        int folds = 1;
        while (Files.exists(fold(folder, folds + 1))) {
            folds++;
        }
        throw new InvalidInputException("'" + folder + "' holds a cross validation, and a training would mix with it:"
                + " --folds " + Math.max(2, folds) + " with --resume goes on with it, or with --overwrite replaces it;"
                + " another --output keeps it");
    }

    private void requireUsable(boolean isSaid) throws IOException {
        for (String name : List.of(RunFolder.MODEL, RunFolder.METRICS, RunFolder.CHECKPOINTS)) {
            if (Files.exists(folder.resolve(name))) {
                throw new InvalidInputException("'" + folder
                        + "' holds a training of its own, and a cross validation has a folder for each: name another"
                        + " --output");
            }
        }
        if (Files.exists(of(folds + 1))) {
            throw new InvalidInputException("'" + folder + "' holds a cross validation of more than " + folds
                    + " folds: type as many --folds, or name another --output");
        }
        if (Files.exists(of(1)) && !isSaid) {
            throw new InvalidInputException("'" + folder + "' holds a cross validation: --resume goes on with it,"
                    + " --overwrite replaces each of its trainings when the new one is complete, another --output keeps"
                    + " both");
        }
        for (String name : List.of(
                RunFolder.PREDICTIONS, RunFolder.LOGITS, ReportOutput.FILE, LabelIssuesOutput.CSV, RunFolder.SPLIT)) {
            if (Files.exists(folder.resolve(name)) && !Files.exists(of(1))) {
                throw new InvalidInputException("'" + folder.resolve(name) + "' is not of a cross validation, and one"
                        + " writes a file of that name: move it, or name another --output");
            }
        }
    }

    /** The folder of a fold, numbered from 1, in that of a cross validation. */
    public static Path fold(Path folder, int number) {
        return folder.resolve("fold-" + number);
    }

    /** The folder of a fold, numbered from 1. */
    public Path of(int fold) {
        return fold(folder, fold);
    }

    /** Whether the training of a fold is over and can only stay as it is, because its checkpoints were deleted. */
    public boolean isDone(int fold) {
        return isResumed
                && Files.exists(of(fold).resolve(RunFolder.METRICS))
                && Files.exists(of(fold).resolve(RunFolder.PREDICTIONS))
                && !Files.exists(of(fold).resolve(RunFolder.CHECKPOINTS));
    }

    /**
     * The table with the folds of the cross validation that is resumed; one that begins keeps those of the table. What
     * an earlier one left stays until {@link #begun}.
     *
     * @throws IOException if split.csv cannot be written or read, or has other rows than the table
     */
    public ImageTable split(ImageTable table) throws IOException {
        Path file = folder.resolve(RunFolder.SPLIT);
        if (isResumed && Files.exists(file)) {
            ImageTable before = table.split(file);
            int found = before.split().orElseThrow().parts().size();
            if (found != folds) {
                throw new InvalidInputException("'" + file + "' has " + found + " folds: --resume goes on with --folds "
                        + found + ", another --output begins anew");
            }
            return before;
        }
        table.writeSplit(folder.resolve(COMING));
        return table;
    }

    /**
     * A training of a fold has a checkpoint: what an earlier cross validation joined is that of its trainings no more.
     */
    public void begun() throws IOException {
        Path coming = folder.resolve(COMING);
        if (Files.exists(coming)) {
            for (String joined : List.of(
                    JSON,
                    CSV,
                    RunFolder.PREDICTIONS,
                    RunFolder.LOGITS,
                    ReportOutput.FILE,
                    LabelIssuesOutput.CSV,
                    LabelIssuesOutput.SHEET)) {
                Files.deleteIfExists(folder.resolve(joined));
            }
            AtomicOutput.move(coming, folder.resolve(RunFolder.SPLIT));
        }
    }

    /** Brings to its end what a kill interrupted, or removes what came to nothing. */
    private void settle() throws IOException {
        boolean isFirst = !Files.exists(folder.resolve(RunFolder.SPLIT));
        if (RunFolder.isReplaced(of(1)) || isFirst && RunFolder.hasCheckpoints(of(1))) {
            begun();
        } else {
            Files.deleteIfExists(folder.resolve(COMING));
        }
    }

    /**
     * Joins what the trainings of all folds left.
     *
     * @param table with its folds
     */
    public CrossValidation join(ImageTable table) throws IOException {
        CrossValidation all = FoldMetrics.of(trainings());
        write(
                folder.resolve(RunFolder.PREDICTIONS),
                FoldPredictions.join(trainings(), table.samples(), table.split().orElseThrow()));
        write(folder.resolve(CSV), FoldMetrics.csv(all));
        write(folder.resolve(JSON), FoldMetrics.json(all));
        return all;
    }

    /**
     * Joins what the models of the folds say of the images that they were trained without, and writes it as
     * predictions.safetensors.
     *
     * @param table with its folds
     */
    public Predictions predictions(ImageTable table, PhotoOptions photos) throws IOException, MalformedModelException {
        Predictions predictions = OutOfFoldPredictions.of(trainings(), table, photos);
        predictions.write(folder.resolve(RunFolder.LOGITS));
        return predictions;
    }

    /** Says what is known beside of a report. */
    @FunctionalInterface
    public interface ReportFacts {
        /** Adds it. */
        void addTo(EvaluationReport.Builder report) throws IOException;
    }

    /**
     * Writes report.html.
     *
     * @param predictions of all images
     * @param table of these images
     * @param facts what is known of the trainings
     * @return whether it could be written; if not, a warning says why
     */
    public boolean writeReport(Predictions predictions, ImageTable table, ReportFacts facts) {
        return Decoration.isMade(ReportOutput.FILE, () -> {
            EvaluationReport.Builder report = EvaluationReport.builder()
                    .optTitle(folder.toAbsolutePath().normalize().getFileName() + ", each image by the one of " + folds
                            + " models that was trained without it");
            facts.addTo(report);
            Function<String, ImageSource> images = ImagesByName.of(table.samples());
            ReportOutput.write(
                    folder.resolve(ReportOutput.FILE),
                    report,
                    predictions,
                    name -> Optional.of(images.apply(name)),
                    Optional.empty());
        });
    }

    /**
     * Writes the labels that are probably wrong, as the models of the folds see them that were trained without them. A
     * table of them that is there from before stays if the cross validation only goes on: somebody may have filled it
     * in.
     *
     * @param predictions of all images
     * @param table of these images
     */
    public void writeLabelIssues(Predictions predictions, ImageTable table) throws IOException {
        Path before = folder.resolve(LabelIssuesOutput.CSV);
        if (isResumed && Files.exists(before)) {
            System.out.println(before + " is there already and stays, since somebody may have filled it in: without it,"
                    + " it is written anew");
            return;
        }
        LabelIssuesOutput.write(folder, predictions, ImagesByName.of(table.samples()));
    }

    private List<Path> trainings() {
        return IntStream.rangeClosed(1, folds).mapToObj(this::of).toList();
    }

    private static void write(Path file, String text) throws IOException {
        AtomicOutput.file(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() throws IOException {
        try (ProcessLock ended = lock) {
            settle();
        }
        if (isMade) {
            RunFolder.removeIfEmpty(folder);
        }
    }
}
