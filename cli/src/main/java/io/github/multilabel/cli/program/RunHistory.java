package io.github.multilabel.cli.program;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.evaluation.report.LearningCurve;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The learning curves of the training in a folder, from its history.csv. */
public final class RunHistory {

    private RunHistory() {}

    /**
     * The loss and the accuracy of each head.
     *
     * @return none if there is no such file, as in the folder of an evaluation
     * @throws IOException if the file cannot be read
     */
    public static List<LearningCurve> of(Path folder, HeadSet heads) throws IOException {
        Path file = folder.resolve("history.csv");
        if (!Files.exists(file)) {
            return List.of();
        }
        List<CSVRecord> epochs = epochs(file);
        List<LearningCurve> curves = new ArrayList<>();
        add(curves, epochs, "loss of all heads", false, "loss");
        for (String head : heads.names()) {
            add(curves, epochs, "accuracy of " + head, true, Metric.nameOf(head, "accuracy"));
        }
        return curves;
    }

    private static void add(
            List<LearningCurve> curves, List<CSVRecord> epochs, String title, boolean isShare, String metric) {
        List<Double> training = column(epochs, Metric.Part.TRAIN.name(metric));
        List<Double> validation = column(epochs, Metric.Part.VALIDATION.name(metric));
        if (!training.isEmpty() || !validation.isEmpty()) {
            curves.add(new LearningCurve(title, isShare, training, validation));
        }
    }

    /** Empty if there is no such column. */
    private static List<Double> column(List<CSVRecord> epochs, String name) {
        return epochs.stream()
                .filter(epoch -> epoch.isMapped(name))
                .map(epoch -> number(epoch.get(name)))
                .toList();
    }

    private static double number(String cell) {
        try {
            return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
        } catch (NumberFormatException e) { // somebody wrote into it
            return Double.NaN;
        }
    }

    private static List<CSVRecord> epochs(Path file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser rows = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
            return rows.stream().filter(CSVRecord::isConsistent).toList();
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new IOException("'" + file + "' is damaged: " + e.getMessage(), e);
        }
    }
}
