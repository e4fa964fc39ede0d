package io.github.multilabel.evaluation.sheet;

import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.CsvLine;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionColumns;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Labelled images with what a model predicts for them as a table (CSV, RFC 4180, UTF-8) with the columns of
 * {@link PredictionColumns}, to look for errors in a spreadsheet or a notebook.
 *
 * <pre>{@code
 * PredictionsCsv.write(Path.of("build/predictions.csv"), model, validation, false);
 * }</pre>
 */
public final class PredictionsCsv {

    private PredictionsCsv() {}

    /**
     * Predicts all images of a data set, in float32, and writes a row for each, in their order.
     *
     * @param file replaced when complete
     * @param model neither changed nor closed
     * @param data labelled images with the model's heads; not closed. Images that cannot be used are treated as it says
     * @param allProbabilities whether to write the probabilities of all categories
     * @return the metrics of the model, as {@link io.github.multilabel.evaluation.Evaluator} finds them
     * @throws IllegalArgumentException if the data has other heads or no images
     * @throws IllegalStateException if a logit is not finite
     * @throws IOException if the data cannot be read or the table cannot be written
     */
    public static Evaluation write(Path file, MultiLabelModel model, MultiLabelDataset data, boolean allProbabilities)
            throws IOException {
        return write(file, model, data, allProbabilities, (source, predictions, image) -> {});
    }

    /**
     * The same, and shows the images to a sheet in the same pass.
     *
     * @param sheet draws the worst afterwards
     */
    public static Evaluation write(
            Path file, MultiLabelModel model, MultiLabelDataset data, boolean allProbabilities, PredictionSheet sheet)
            throws IOException {
        return write(
                file,
                model,
                data,
                allProbabilities,
                Given.require(sheet, "sheet", "new PredictionSheet(24)").visitor());
    }

    private static Evaluation write(
            Path file,
            MultiLabelModel model,
            MultiLabelDataset data,
            boolean allProbabilities,
            LabelledPass.Visitor also)
            throws IOException {
        Given.require(file, "file", "the table to write");
        Given.require(model, "model", "e.g. MultiLabelModel.load(folder)");
        PredictionColumns columns = new PredictionColumns(
                model.heads(), true, 1, allProbabilities, List.of(), HeadThreshold.unknown(model.thresholds()));
        List<Evaluation> found = new ArrayList<>();
        AtomicOutput.file(file, out -> {
            Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            write(text, columns.header());
            found.add(LabelledPass.run(model, data, (source, predictions, image) -> {
                write(text, columns.cells(prediction(source, predictions), labels(predictions)));
                also.see(source, predictions, image);
            }));
            text.flush();
        });
        return found.get(0);
    }

    private static void write(Writer text, List<String> cells) throws IOException {
        text.append(CsvLine.of(cells)).append("\r\n");
    }

    private static Prediction prediction(String source, List<LabelledPrediction> predictions) {
        return new Prediction(
                source, predictions.stream().map(LabelledPrediction::prediction).toList());
    }

    private static Map<String, Set<String>> labels(List<LabelledPrediction> predictions) {
        Map<String, Set<String>> labels = new HashMap<>();
        predictions.forEach(one ->
                one.label().ifPresent(label -> labels.put(one.prediction().name(), label)));
        return labels;
    }
}
