package io.github.multilabel.evaluation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.evaluation.metrics.CategoryMetrics;
import io.github.multilabel.evaluation.metrics.ConfusionCell;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.evaluation.metrics.HierarchyMetrics;
import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.evaluation.metrics.MultiLabelHeadMetrics;
import io.github.multilabel.evaluation.metrics.SingleLabelHeadMetrics;
import io.github.multilabel.evaluation.scoring.CategoryIntervals;
import io.github.multilabel.evaluation.scoring.HeadConfidence;
import io.github.multilabel.evaluation.scoring.HeadErrors;
import io.github.multilabel.evaluation.scoring.HeadScores;
import io.github.multilabel.evaluation.scoring.Interval;
import io.github.multilabel.evaluation.scoring.PredictionMetric;
import io.github.multilabel.evaluation.scoring.PredictionMetrics;
import io.github.multilabel.evaluation.scoring.RankMetrics;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Writes an evaluation as a JSON file:
 *
 * <pre>{@code
 * {"metrics": {"mean_accuracy": 0.93, "exact_match": 0.81, "loss": 0.52, "brand_accuracy": 0.91, ...},
 *  "heads": {"brand": {"accuracy": 0.91, "loss": 0.31, "macroF1": 0.9, "support": 1629,
 *                      "categories": {"Audi": {"precision": 0.9, "recall": 0.92, "f1": 0.91, "support": 130}, ...},
 *                      "confusion": [[120, ...], ...], "confusionNames": ["Audi", ...]}, ...},
 *  "meanAccuracy": 0.93, "exactMatch": 0.81, "samples": {"train": 14556, "validation": 1629}}
 * }</pre>
 *
 * <p>{@code metrics} has every {@link Metric} under the name that options and logs have for it. The keys
 * {@code meanAccuracy}, {@code exactMatch} and {@code macroF1} are kept for programs that read earlier files. Heads and
 * categories are in the model's order. {@code confusion[i][j]} is the number of images of category i for which category
 * j was predicted, and {@code confusionNames} has the names of both. A category of a multi-label head has
 * {@code truePositives, falsePositives, falseNegatives} and {@code trueNegatives} beside its {@code support} instead.
 * For a single-label head with more than 256 categories {@code confusion} is {@code null}, and {@code confusionCells}
 * lists the cells that are not 0 as {@code [i, j, images]}, so that the file does not grow with the square of the
 * number of categories. Where heads determine others, {@code hierarchies} has {@code parents, fullPath, broken,
 * mistakeDistance, labelled} and {@code mistakes} under the name of each finest head. Undefined values are
 * {@code null}, so that every strict parser reads the file.
 *
 * <p>Of {@link PredictionMetrics}, {@code metrics} has every {@link PredictionMetric}, a category
 * {@code averagePrecision}, {@code auroc} and {@code intervals} of its {@code precision}, {@code recall} and {@code f1}
 * (see {@link CategoryIntervals}), {@code intervals} the lower and the upper bound of each metric if they are known,
 * and {@code errors} for each two heads how many {@code images} are labelled for both, for how many ({@code firstWrong,
 * secondWrong, bothWrong}) they are wrong, and the {@code correlation} of that. A head has how far its probabilities
 * can be trusted, see {@link HeadConfidence}:
 *
 * <pre>{@code
 * "calibration": {"answers": 1629, "equalMass": 0.012, "equalWidth": 0.01, "maximum": 0.05,
 *                 "bins": {"equalWidth": [[answers, mean probability, right], ...], "equalMass": [...]}},
 * "riskCoverage": {"area": 0.02, "points": [[threshold, coverage, risk], ...]},
 * "unknown": {"threshold": 0.83, "wished": 0.98, "answers": 1500, "coverage": 0.92, "precision": 0.985,
 *             "leastPrecision": 0.981}
 * }</pre>
 *
 * <p>A multi-label head has {@code confusedTags}: the up to 200 most frequent {@code [i, j, images]}, for so many of
 * which tag i was missed and tag j wrongly given. {@code leastPrecision} is the lower end of the one-sided interval of
 * 95 %; {@code unknown} is {@code null} if the head answers always.
 */
public final class MetricsJson {

    /** With more categories, only the cells of the confusion matrix that are not 0 are written. */
    private static final int MOST_WRITTEN_WHOLE = 256;

    /** Of tags that are confused. */
    private static final int MOST_PAIRS = 200;

    private static final String INDENT = "  ";

    private MetricsJson() {}

    /**
     * Writes the file. An existing file is replaced when the new one is complete.
     *
     * @param file the file to write; its folder is created if it is missing
     * @param evaluation the values to write
     * @param trainingSamples the number of images that the model was trained on; empty if it is unknown
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Evaluation evaluation, OptionalLong trainingSamples) throws IOException {
        write(file, json(evaluation, trainingSamples));
    }

    /**
     * Writes the file with the metrics that need kept predictions. An existing file is replaced when the new one is
     * complete.
     *
     * @param file the file to write; its folder is created if it is missing
     * @param metrics the values to write
     * @param trainingSamples the number of images that the model was trained on; empty if it is unknown
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, PredictionMetrics metrics, OptionalLong trainingSamples) throws IOException {
        JsonObject json = json(metrics.evaluation(), trainingSamples);
        JsonObject values = json.getAsJsonObject("metrics");
        PredictionMetric.all(metrics.headSet()).forEach((name, metric) -> values.add(name, number(metric.of(metrics))));
        JsonObject heads = json.getAsJsonObject("heads");
        metrics.heads().forEach(head -> {
            String name = head.head().name();
            JsonObject ofHead = heads.getAsJsonObject(name);
            JsonObject categories = ofHead.getAsJsonObject("categories");
            addRanks(head, categories);
            metrics.categoryIntervals(name)
                    .forEach(category ->
                            categories.getAsJsonObject(category.category()).add("intervals", intervals(category)));
            ConfidenceJson.add(ofHead, metrics.confidence(name));
            switch (head.head().kind()) {
                case SINGLE_LABEL -> {} // has the whole matrix
                case MULTI_LABEL ->
                    ofHead.add("confusedTags", cells(metrics.confusions(name).mostFrequent(MOST_PAIRS)));
            }
        });
        if (!metrics.intervals().isEmpty()) {
            JsonObject intervals = new JsonObject();
            metrics.intervals().forEach((name, interval) -> intervals.add(name, bounds(interval)));
            json.add("intervals", intervals);
        }
        if (!metrics.errors().isEmpty()) {
            json.add("errors", errors(metrics.errors()));
        }
        write(file, json);
    }

    private static void addRanks(HeadScores head, JsonObject categories) {
        for (int k = 0; k < head.head().size(); k++) {
            JsonObject category = categories.getAsJsonObject(head.head().category(k));
            RankMetrics ranks = head.categories().get(k);
            category.add("averagePrecision", number(ranks.averagePrecision()));
            category.add("auroc", number(ranks.auroc()));
        }
    }

    private static JsonObject intervals(CategoryIntervals category) {
        JsonObject json = new JsonObject();
        json.add("precision", bounds(category.precision()));
        json.add("recall", bounds(category.recall()));
        json.add("f1", bounds(category.f1()));
        return json;
    }

    private static JsonArray bounds(Interval interval) {
        JsonArray bounds = new JsonArray();
        bounds.add(number(interval.low()));
        bounds.add(number(interval.high()));
        return bounds;
    }

    private static JsonObject errors(List<HeadErrors> pairs) {
        JsonObject errors = new JsonObject();
        for (HeadErrors pair : pairs) {
            if (!errors.has(pair.first())) {
                errors.add(pair.first(), new JsonObject());
            }
            JsonObject json = new JsonObject();
            json.add("correlation", number(pair.correlation()));
            json.addProperty("images", pair.images());
            json.addProperty("firstWrong", pair.firstWrong());
            json.addProperty("secondWrong", pair.secondWrong());
            json.addProperty("bothWrong", pair.bothWrong());
            errors.getAsJsonObject(pair.first()).add(pair.second(), json);
        }
        return errors;
    }

    private static JsonObject json(Evaluation evaluation, OptionalLong trainingSamples) {
        JsonObject samples = new JsonObject();
        samples.add(
                "train",
                trainingSamples.isPresent() ? new JsonPrimitive(trainingSamples.getAsLong()) : JsonNull.INSTANCE);
        samples.addProperty("validation", evaluation.samples());
        JsonObject metrics = new JsonObject();
        Metric.all(evaluation.headSet()).forEach((name, metric) -> metrics.add(name, number(metric.of(evaluation))));
        JsonObject json = new JsonObject();
        json.add("metrics", metrics);
        JsonObject heads = new JsonObject();
        evaluation.heads().forEach(head -> heads.add(head.head().name(), head(head)));
        json.add("heads", heads);
        if (!evaluation.hierarchies().isEmpty()) {
            JsonObject hierarchies = new JsonObject();
            evaluation.hierarchies().forEach(each -> hierarchies.add(each.finest(), hierarchy(each)));
            json.add("hierarchies", hierarchies);
        }
        json.add("meanAccuracy", number(evaluation.meanAccuracy()));
        json.add("exactMatch", number(evaluation.exactMatch()));
        json.add("samples", samples);
        return json;
    }

    private static void write(Path file, JsonObject json) throws IOException {
        AtomicOutput.file(file, out -> {
            Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            JsonWriter writer = new JsonWriter(text);
            writer.setIndent(INDENT);
            write(writer, json);
            text.write("\n");
            text.flush();
        });
    }

    /** Writes each value on a line of its own, and all numbers of a list on one. */
    private static void write(JsonWriter writer, JsonElement json) throws IOException {
        if (json.isJsonObject()) {
            writer.beginObject();
            for (Map.Entry<String, JsonElement> member : json.getAsJsonObject().entrySet()) {
                writer.name(member.getKey());
                write(writer, member.getValue());
            }
            writer.endObject();
        } else if (json.isJsonArray()) {
            JsonArray list = json.getAsJsonArray();
            writer.beginArray();
            writer.setIndent(list.isEmpty() || list.get(0).isJsonArray() ? INDENT : "");
            for (JsonElement element : list) {
                write(writer, element);
            }
            writer.endArray();
            writer.setIndent(INDENT);
        } else if (json.isJsonNull()) {
            writer.nullValue();
        } else if (json.getAsJsonPrimitive().isString()) {
            writer.value(json.getAsString());
        } else {
            writer.value(json.getAsNumber());
        }
    }

    private static JsonObject head(HeadMetrics metrics) {
        JsonObject json = new JsonObject();
        json.add("accuracy", number(metrics.accuracy()));
        json.add("loss", number(metrics.loss()));
        json.add("macroF1", number(metrics.macro().f1()));
        json.addProperty("support", metrics.support());
        JsonObject categories = new JsonObject();
        metrics.categories().forEach(category -> categories.add(category.category(), category(category)));
        if (metrics instanceof MultiLabelHeadMetrics tags) {
            addConfusion(categories, tags);
        }
        json.add("categories", categories);
        boolean whole = metrics.head().size() <= MOST_WRITTEN_WHOLE;
        json.add(
                "confusion",
                metrics.<JsonElement>when(
                        single -> whole ? confusion(single) : JsonNull.INSTANCE, tags -> JsonNull.INSTANCE));
        if (metrics instanceof SingleLabelHeadMetrics) {
            JsonArray names = new JsonArray();
            metrics.head().categories().forEach(names::add);
            json.add("confusionNames", names);
        }
        if (!whole && metrics instanceof SingleLabelHeadMetrics single) {
            json.add("confusionCells", cells(single.confusionCells()));
        }
        return json;
    }

    private static JsonObject hierarchy(HierarchyMetrics metrics) {
        JsonObject json = new JsonObject();
        JsonArray parents = new JsonArray();
        metrics.parents().forEach(parents::add);
        json.add("parents", parents);
        json.add("fullPath", number(metrics.fullPath()));
        json.add("broken", number(metrics.broken()));
        json.add("mistakeDistance", number(metrics.mistakeDistance()));
        json.addProperty("labelled", metrics.labelled());
        json.addProperty("mistakes", metrics.mistakes());
        return json;
    }

    private static JsonObject category(CategoryMetrics metrics) {
        JsonObject json = new JsonObject();
        json.add("precision", number(metrics.precision()));
        json.add("recall", number(metrics.recall()));
        json.add("f1", number(metrics.f1()));
        json.addProperty("support", metrics.support());
        return json;
    }

    private static void addConfusion(JsonObject categories, MultiLabelHeadMetrics metrics) {
        long[][][] counts = metrics.confusion();
        for (int k = 0; k < counts.length; k++) {
            JsonObject category = categories.getAsJsonObject(metrics.head().category(k));
            category.addProperty("truePositives", counts[k][1][1]);
            category.addProperty("falsePositives", counts[k][0][1]);
            category.addProperty("falseNegatives", counts[k][1][0]);
            category.addProperty("trueNegatives", counts[k][0][0]);
        }
    }

    private static JsonArray confusion(SingleLabelHeadMetrics metrics) {
        JsonArray rows = new JsonArray();
        for (long[] counts : metrics.confusion()) {
            JsonArray row = new JsonArray();
            Arrays.stream(counts).forEach(row::add);
            rows.add(row);
        }
        return rows;
    }

    private static JsonArray cells(List<ConfusionCell> ofPairs) {
        JsonArray cells = new JsonArray();
        for (ConfusionCell cell : ofPairs) {
            JsonArray numbers = new JsonArray();
            numbers.add(cell.category());
            numbers.add(cell.predicted());
            numbers.add(cell.images());
            cells.add(numbers);
        }
        return cells;
    }

    static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }
}
