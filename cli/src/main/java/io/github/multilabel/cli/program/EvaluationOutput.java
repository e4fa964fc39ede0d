package io.github.multilabel.cli.program;

import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.files.ProcessLock;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.MetricsJson;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.report.EvaluationReport;
import io.github.multilabel.evaluation.scoring.PredictionMetrics;
import io.github.multilabel.evaluation.sheet.PredictionsCsv;
import io.github.multilabel.model.ModelPredictor;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.SavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The folder in which an evaluation leaves metrics.json, predictions.csv, predictions.safetensors and report.html. As
 * long as this is open, no other program writes there.
 */
public final class EvaluationOutput implements AutoCloseable {

    private final Path folder;
    private final Path metrics;
    private final Path predictions;
    private final Path logits;
    private final boolean isMade;
    private final ProcessLock lock;

    private EvaluationOutput(Path folder, boolean isMade, ProcessLock lock) {
        this.folder = folder;
        this.metrics = folder.resolve(RunFolder.METRICS);
        this.predictions = folder.resolve(RunFolder.PREDICTIONS);
        this.logits = folder.resolve(RunFolder.LOGITS);
        this.isMade = isMade;
        this.lock = lock;
    }

    /**
     * Takes a folder, and checks before the evaluation, not after it, that its files can be written.
     *
     * @param folder is made if it is missing
     * @param overwrite whether to replace files that are there
     * @param labelIssues whether {@link #writeLabelIssues} will be asked for
     * @throws InvalidInputException if it holds a file that is not replaced, or a model
     * @throws IOException if the folder cannot be written, or another process has it
     */
    public static EvaluationOutput take(Path folder, boolean overwrite, boolean labelIssues) throws IOException {
        if (SavedModel.isOne(folder)) {
            throw new InvalidInputException("--output " + folder + " is the folder of a model, and with other files in"
                    + " it no training could replace that: name another --output");
        }
        boolean isMade = !Files.exists(folder);
        EvaluationOutput taken = new EvaluationOutput(folder, isMade, RunFolder.lock(folder));
        boolean isReady = false;
        try {
            requireWritable(taken.metrics, overwrite);
            requireWritable(taken.predictions, overwrite);
            requireWritable(taken.logits, overwrite);
            requireWritable(folder.resolve(ReportOutput.FILE), overwrite);
            if (labelIssues) {
                requireWritable(folder.resolve(RunFolder.LOGITS), overwrite);
                requireWritable(folder.resolve(LabelIssuesOutput.CSV), overwrite);
                requireWritable(folder.resolve(LabelIssuesOutput.SHEET), overwrite);
            }
            isReady = true;
            return taken;
        } finally {
            if (!isReady) {
                taken.close();
            }
        }
    }

    private static void requireWritable(Path file, boolean overwrite) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("'" + file + "' is a folder, but a file of that name is to be written; remove it or"
                    + " name another --output");
        }
        if (Files.exists(file) && !overwrite) {
            throw new InvalidInputException("'" + file + "' is there already, from another evaluation or a training:"
                    + " --overwrite replaces it, another --output keeps both");
        }
    }

    /**
     * Lets a model predict all images, and writes predictions.csv and predictions.safetensors.
     *
     * @param allProbabilities whether the table has the probability of every category
     */
    public Predictions predict(ModelPredictor predictor, MultiLabelDataset data, boolean allProbabilities)
            throws IOException {
        Predictions found = Evaluator.predictions(predictor, data);
        found.write(logits);
        PredictionsCsv.write(predictions, found, predictor.answers(), allProbabilities);
        return found;
    }

    /**
     * Writes the labels that are probably wrong, and prints the first ones.
     *
     * @param images finds an image by its name
     */
    public void writeLabelIssues(Predictions found, Function<String, ImageSource> images) throws IOException {
        LabelIssuesOutput.write(folder, found, images);
    }

    /**
     * Writes report.html.
     *
     * @param title above it
     * @param name what predicted
     * @param model shows where it looks; empty if it is not there
     * @param metrics of the predictions
     * @param images finds an image by its name
     * @return whether it could be written; if not, a warning says why
     */
    public boolean writeReport(
            String title,
            String name,
            Optional<MultiLabelModel> model,
            Predictions found,
            PredictionMetrics metrics,
            Function<String, ImageSource> images) {
        return Decoration.isMade(
                ReportOutput.FILE,
                () -> ReportOutput.write(
                        folder.resolve(ReportOutput.FILE),
                        EvaluationReport.builder()
                                .optTitle(title)
                                .optMetrics(metrics)
                                .addEnvironment("model", name),
                        found,
                        source -> Optional.of(images.apply(source)),
                        model));
    }

    /** Writes metrics.json. */
    public void write(PredictionMetrics found) throws IOException {
        MetricsJson.write(metrics, found, OptionalLong.empty());
    }

    /** Lets others write there; a folder that was made for nothing is removed. */
    @Override
    public void close() throws IOException {
        lock.close();
        if (isMade) {
            RunFolder.removeIfEmpty(folder);
        }
    }
}
