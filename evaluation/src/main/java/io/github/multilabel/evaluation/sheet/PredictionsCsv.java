package io.github.multilabel.evaluation.sheet;

import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.CsvLine;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.ModelAnswers;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionColumns;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Labelled images with what a model predicts for them as a table (CSV, RFC 4180, UTF-8) with the columns of
 * {@link PredictionColumns}, to look for errors in a spreadsheet or a notebook.
 *
 * <pre>{@code
 * PredictionsCsv.write(Path.of("build/predictions.csv"), Evaluator.predictions(model, validation), false);
 * }</pre>
 */
public final class PredictionsCsv {

    private PredictionsCsv() {}

    /**
     * Writes a row for each image, in their order.
     *
     * @param file replaced when complete
     * @param allProbabilities whether to write the probabilities of all categories
     * @throws IOException if the table cannot be written
     */
    public static void write(Path file, Predictions predictions, boolean allProbabilities) throws IOException {
        requireGiven(predictions);
        write(file, predictions, ModelAnswers.of(predictions.heads(), predictions.thresholds()), allProbabilities);
    }

    /**
     * Writes a row for each image, in their order, also with what the model says beyond its heads: of which it is sure,
     * and what they are together.
     *
     * @param file replaced when complete
     * @param answers of the model that made the predictions
     * @param allProbabilities whether to write the probabilities of all categories
     * @throws IllegalArgumentException if the predictions are of other heads
     * @throws IOException if the table cannot be written
     */
    public static void write(Path file, Predictions predictions, ModelAnswers answers, boolean allProbabilities)
            throws IOException {
        Given.require(file, "file", "the table to write");
        requireGiven(predictions);
        Given.require(answers, "answers", "e.g. ModelAnswers.of(model)");
        if (!answers.heads().equals(predictions.heads())) {
            throw new IllegalArgumentException("the predictions are of "
                    + predictions.heads() + ", and the model answers for " + answers.heads()
                    + "; take the answers of the model that made them");
        }
        // of kept predictions it is not known which images were unusual
        PredictionColumns columns = answers.withDistance(false).columns(true, 1, allProbabilities);
        AtomicOutput.file(file, out -> {
            Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            write(text, columns.header());
            for (int row = 0; row < predictions.size(); row++) {
                Prediction prediction = answers.prediction(predictions.source(row), logits(predictions, row));
                write(text, columns.cells(prediction, labels(predictions.labels(row))));
            }
            text.flush();
        });
    }

    private static void requireGiven(Predictions predictions) {
        Given.require(predictions, "predictions", "e.g. Evaluator.predictions(model, validation)");
    }

    private static void write(Writer text, List<String> cells) throws IOException {
        text.append(CsvLine.of(cells)).append("\r\n");
    }

    private static float[][] logits(Predictions predictions, int row) {
        return predictions.all().stream()
                .map(head -> {
                    float[] logits = new float[head.head().size()];
                    head.logits(row, logits);
                    return logits;
                })
                .toArray(float[][]::new);
    }

    private static Map<String, Set<String>> labels(Labels labels) {
        Map<String, Set<String>> known = new HashMap<>();
        labels.heads().names().stream()
                .filter(head -> !labels.isMissing(head))
                .forEach(head -> known.put(head, Set.copyOf(labels.categories(head))));
        return known;
    }
}
