package io.github.multilabel.cli.info;

import ai.djl.MalformedModelException;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.multilabel.cli.config.ConfigFile;
import io.github.multilabel.cli.config.RunFile;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.StartedTraining;
import io.github.multilabel.model.SavedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** What the folder of a training holds, or of an evaluation. */
final class RunReport {

    private static final String METRICS = "metrics.json";
    private static final String OPTIONS = "options";
    private static final String HISTORY = "history.csv";
    private static final String CHECKPOINTS = "checkpoints";
    private static final String MODEL = "model";
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Set<String> TOTALS = Set.of("mean_accuracy", "exact_match", "loss");

    private RunReport() {}

    static boolean isOne(Path folder) throws IOException {
        return Files.exists(folder.resolve(StartedTraining.FILE))
                || Files.exists(folder.resolve(METRICS))
                || SavedModel.isOne(folder.resolve(MODEL))
                || CheckpointReport.areIn(folder.resolve(CHECKPOINTS));
    }

    /** Whether there are metrics and nothing else that a training leaves. */
    static boolean isOfEvaluation(Path folder) throws IOException {
        return Files.exists(folder.resolve(METRICS))
                && !Files.exists(folder.resolve(StartedTraining.FILE))
                && !Files.exists(folder.resolve(HISTORY))
                && !SavedModel.isOne(folder.resolve(MODEL))
                && !CheckpointReport.areIn(folder.resolve(CHECKPOINTS));
    }

    static JsonObject ofEvaluation(Path folder) throws IOException {
        JsonObject report = new JsonObject();
        report.addProperty("evaluation", folder.toString());
        report.add("metrics", metrics(folder.resolve(METRICS)));
        return report;
    }

    static JsonObject of(Path folder) throws IOException, MalformedModelException {
        JsonObject report = new JsonObject();
        report.addProperty("training", folder.toString());
        Path run = folder.resolve(StartedTraining.FILE);
        if (Files.exists(run)) {
            ofFile(run).entrySet().forEach(field -> report.add(field.getKey(), field.getValue()));
        }
        Path history = folder.resolve(HISTORY);
        if (Files.exists(history)) {
            List<CSVRecord> epochs = epochs(history);
            report.addProperty("epochsDone", epochs.size());
            if (!epochs.isEmpty()) {
                report.add("best", best(epochs, monitor(report)));
            }
        }
        if (CheckpointReport.areIn(folder.resolve(CHECKPOINTS))) {
            report.add("checkpoints", CheckpointReport.list(folder.resolve(CHECKPOINTS)));
        }
        report.addProperty("finished", Files.exists(folder.resolve(METRICS)));
        if (Files.exists(folder.resolve(METRICS))) {
            report.add("metrics", metrics(folder.resolve(METRICS)));
        }
        if (SavedModel.isOne(folder.resolve(MODEL))) {
            report.addProperty("model", folder.resolve(MODEL).toString());
        }
        return report;
    }

    /** The rows, but for one that is just being written. */
    private static List<CSVRecord> epochs(Path history) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser rows = CSVParser.parse(history, StandardCharsets.UTF_8, format)) {
            return rows.stream().filter(CSVRecord::isConsistent).toList();
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new IOException("'" + history + "' is damaged: " + e.getMessage(), e);
        }
    }

    /** What {@code run.json} says: the options that have a value, the versions and the machine. */
    static JsonObject ofFile(Path file) throws IOException {
        RunFile run = ConfigFile.read(file)
                .run()
                .orElseThrow(() -> new InvalidInputException(
                        "'" + file + "' is not the run.json of a training: it has no format"));
        JsonObject report = new JsonObject();
        for (Map.Entry<String, JsonElement> field : run.json().entrySet()) {
            if (!field.getKey().startsWith("format")) {
                report.add(field.getKey(), withoutNothing(field.getValue()));
            }
        }
        if (report.get(OPTIONS) instanceof JsonObject options && !options.has("dataset")) {
            options.remove("data"); // where a data set is that was not asked for
        }
        return report;
    }

    private static JsonElement withoutNothing(JsonElement value) {
        if (!(value instanceof JsonObject object)) {
            return value;
        }
        JsonObject kept = new JsonObject();
        object.entrySet().stream()
                .filter(field -> !(field.getValue() instanceof JsonNull))
                .filter(field -> !field.getValue().toString().equals("false"))
                .forEach(field -> kept.add(field.getKey(), field.getValue()));
        return kept;
    }

    /** The epoch with the best value of the metric that the training chooses by. */
    private static JsonObject best(List<CSVRecord> epochs, String monitor) {
        String metric = Stream.of("validation_" + monitor, monitor, "train_" + monitor)
                .filter(epochs.get(0)::isMapped)
                .findFirst()
                .orElse("validation_mean_accuracy");
        boolean isLowerBetter = metric.endsWith("loss");
        JsonObject best = new JsonObject();
        double bestValue = Double.NaN;
        for (CSVRecord epoch : epochs) {
            if (!epoch.isMapped(metric) || !NUMBER.matcher(epoch.get(metric)).matches()) {
                continue; // undefined
            }
            double value = Double.parseDouble(epoch.get(metric));
            if (Double.isNaN(bestValue) || (isLowerBetter ? value < bestValue : value > bestValue)) {
                bestValue = value;
                best.addProperty("epoch", epoch.get(0));
                best.addProperty(metric, value);
            }
        }
        return best;
    }

    private static String monitor(JsonObject report) {
        return report.get(OPTIONS) instanceof JsonObject options && options.has("monitor")
                ? options.get("monitor").getAsString()
                : "mean_accuracy";
    }

    /** Whether a metric is one of those that people look at first. */
    static boolean isTotal(String metric) {
        return TOTALS.contains(metric) || metric.endsWith("_accuracy");
    }

    private static JsonObject metrics(Path file) throws IOException {
        JsonObject report = new JsonObject();
        report.addProperty("file", file.toString());
        if (Reports.read(file).get("metrics") instanceof JsonObject metrics) {
            metrics.entrySet().stream()
                    .filter(metric -> isTotal(metric.getKey()))
                    .filter(metric -> metric.getValue().isJsonPrimitive())
                    .forEach(metric -> report.add(metric.getKey(), metric.getValue()));
        }
        return report;
    }
}
