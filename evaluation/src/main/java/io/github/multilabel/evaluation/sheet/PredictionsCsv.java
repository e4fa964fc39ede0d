package io.github.multilabel.evaluation.sheet;

import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.CsvLine;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.predictions.PredictedHead;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.prediction.HeadPrediction;
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
        Given.require(file, "file", "the table to write");
        Given.require(predictions, "predictions", "e.g. Evaluator.predictions(model, validation)");
        PredictionColumns columns = new PredictionColumns(
                predictions.heads(),
                true,
                1,
                allProbabilities,
                false,
                List.of(),
                HeadThreshold.unknown(predictions.thresholds()));
        AtomicOutput.file(file, out -> {
            Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            write(text, columns.header());
            for (int row = 0; row < predictions.size(); row++) {
                write(text, columns.cells(prediction(predictions, row), labels(predictions.labels(row))));
            }
            text.flush();
        });
    }

    private static void write(Writer text, List<String> cells) throws IOException {
        text.append(CsvLine.of(cells)).append("\r\n");
    }

    private static Prediction prediction(Predictions predictions, int row) {
        return new Prediction(
                predictions.source(row),
                predictions.all().stream()
                        .map(head -> HeadPrediction.fromLogits(head.head(), logits(head, row))
                                .withThreshold(predictions.thresholds().stream()
                                        .filter(each ->
                                                each.head().equals(head.head().name()))
                                        .findFirst()))
                        .toList());
    }

    private static float[] logits(PredictedHead head, int row) {
        float[] logits = new float[head.head().size()];
        head.logits(row, logits);
        return logits;
    }

    private static Map<String, Set<String>> labels(Labels labels) {
        Map<String, Set<String>> known = new HashMap<>();
        labels.heads().names().stream()
                .filter(head -> !labels.isMissing(head))
                .forEach(head -> known.put(head, Set.copyOf(labels.categories(head))));
        return known;
    }
}
