package io.github.multilabel.evaluation.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An {@link Evaluation} as the counts and losses that it follows from, to the last digit, and back. For people there is
 * {@code training.report.MetricsJson}.
 */
public final class EvaluationJson {

    private static final String LOSS = "loss";
    private static final String ACCURACY = "accuracy";
    private static final String SUPPORT = "support";
    private static final String UNANSWERED = "unanswered";
    private static final String CATEGORIES = "categories";
    /** Of three numbers each: category, answer or -1, images. */
    private static final String CELLS = "cells";
    /** All cells, as earlier releases wrote them. */
    private static final String CONFUSION = "confusion";

    private EvaluationJson() {}

    /** The JSON object; numbers that JSON does not know are texts, such as {@code "NaN"}. */
    public static JsonObject write(Evaluation evaluation) {
        JsonObject json = new JsonObject();
        json.add(LOSS, number(evaluation.loss()));
        json.addProperty("samples", evaluation.samples());
        json.addProperty("complete", evaluation.completelyLabelled());
        json.addProperty("exact", evaluation.exactlyMatched());
        JsonObject heads = new JsonObject();
        evaluation
                .heads()
                .forEach(metrics ->
                        heads.add(metrics.head().name(), metrics.when(EvaluationJson::single, EvaluationJson::multi)));
        json.add("heads", heads);
        return json;
    }

    private static JsonObject single(SingleLabelMetrics metrics) {
        JsonObject json = new JsonObject();
        json.add(LOSS, number(metrics.loss()));
        if (!metrics.isDetailed()) {
            return summary(json, metrics.summary());
        }
        JsonArray cells = new JsonArray();
        SparseCounts counts = metrics.counts();
        int size = metrics.head().size();
        for (int i = 0; i < counts.size(); i++) {
            long cell = counts.cell(i);
            cells.add(cell < 0 ? -1 - cell : cell / size);
            cells.add(cell < 0 ? -1 : cell % size);
            cells.add(counts.count(i));
        }
        json.add(CELLS, cells);
        return json;
    }

    private static JsonObject multi(MultiLabelMetrics metrics) {
        JsonObject json = new JsonObject();
        json.add(LOSS, number(metrics.loss()));
        if (!metrics.isDetailed()) {
            json.add("answers", number(metrics.answerAccuracy()));
            return summary(json, metrics.summary());
        }
        json.add(ACCURACY, number(metrics.accuracy()));
        json.addProperty(SUPPORT, metrics.support());
        json.addProperty(UNANSWERED, metrics.unanswered());
        JsonArray categories = new JsonArray();
        for (CategoryMetrics category : metrics.categories()) {
            JsonArray counts = new JsonArray();
            counts.add(category.truePositives());
            counts.add(category.support());
            counts.add(category.predicted());
            categories.add(counts);
        }
        json.add(CATEGORIES, categories);
        return json;
    }

    private static JsonObject summary(JsonObject json, HeadSummary summary) {
        json.add(ACCURACY, number(summary.accuracy()));
        json.addProperty(SUPPORT, summary.support());
        json.addProperty(UNANSWERED, summary.unanswered());
        json.add("macro", averages(summary.macro()));
        json.add("weighted", averages(summary.weighted()));
        return json;
    }

    private static JsonArray averages(Averages averages) {
        JsonArray json = new JsonArray();
        json.add(number(averages.precision()));
        json.add(number(averages.recall()));
        json.add(number(averages.f1()));
        json.add(averages.categories());
        return json;
    }

    /**
     * The evaluation that was written.
     *
     * @param heads those of the model
     * @throws RuntimeException if the object is not of this kind or has other heads
     */
    public static Evaluation read(JsonObject json, HeadSet heads) {
        JsonObject byHead = json.getAsJsonObject("heads");
        List<HeadMetrics> metrics = new ArrayList<>();
        for (Head head : heads) {
            JsonObject saved = byHead.getAsJsonObject(head.name());
            metrics.add(head.kind() == Head.Kind.SINGLE_LABEL ? single(head, saved) : multi(head, saved));
        }
        return new Evaluation(
                heads,
                metrics,
                number(json.get(LOSS)),
                json.get("samples").getAsLong(),
                json.get("complete").getAsLong(),
                json.get("exact").getAsLong());
    }

    private static HeadMetrics single(Head head, JsonObject json) {
        double loss = number(json.get(LOSS));
        SparseCounts counts = new SparseCounts();
        if (json.has(CELLS)) {
            JsonArray numbers = json.getAsJsonArray(CELLS);
            long[] cells = new long[numbers.size() / 3];
            long[] images = new long[cells.length];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = SingleLabelMetrics.cell(
                        head,
                        numbers.get(3 * i).getAsLong(),
                        numbers.get(3 * i + 1).getAsLong());
                images[i] = numbers.get(3 * i + 2).getAsLong();
            }
            counts.merge(cells, images);
        } else if (json.has(CONFUSION)) {
            JsonArray rows = json.getAsJsonArray(CONFUSION);
            for (int i = 0; i < rows.size(); i++) {
                row(counts, head, i, rows.get(i).getAsJsonArray());
            }
        } else {
            return SingleLabelMetrics.of(head, loss, summary(json));
        }
        return SingleLabelMetrics.of(head, loss, counts);
    }

    private static void row(SparseCounts counts, Head head, int category, JsonArray row) {
        long[] images = new long[row.size()];
        Arrays.setAll(images, answer -> row.get(answer).getAsLong());
        int[] met = IntStream.range(0, images.length)
                .filter(answer -> images[answer] > 0)
                .toArray();
        counts.merge(
                IntStream.of(met)
                        .mapToLong(answer -> SingleLabelMetrics.cell(head, category, answer))
                        .toArray(),
                IntStream.of(met).mapToLong(answer -> images[answer]).toArray());
    }

    private static HeadMetrics multi(Head head, JsonObject json) {
        double loss = number(json.get(LOSS));
        if (!json.has(CATEGORIES)) {
            return MultiLabelMetrics.of(head, loss, summary(json), number(json.get("answers")));
        }
        JsonArray rows = json.getAsJsonArray(CATEGORIES);
        List<CategoryMetrics> categories = new ArrayList<>();
        for (int k = 0; k < head.size(); k++) {
            JsonArray counts = rows.get(k).getAsJsonArray();
            categories.add(CategoryMetrics.of(
                    head.category(k),
                    counts.get(0).getAsLong(),
                    counts.get(1).getAsLong(),
                    counts.get(2).getAsLong()));
        }
        return MultiLabelMetrics.of(
                head,
                loss,
                number(json.get(ACCURACY)),
                json.get(SUPPORT).getAsLong(),
                json.has(UNANSWERED) ? json.get(UNANSWERED).getAsLong() : 0, // earlier releases did not count these
                categories);
    }

    private static HeadSummary summary(JsonObject json) {
        return new HeadSummary(
                number(json.get(ACCURACY)),
                json.get(SUPPORT).getAsLong(),
                json.get(UNANSWERED).getAsLong(),
                averages(json.getAsJsonArray("macro")),
                averages(json.getAsJsonArray("weighted")));
    }

    private static Averages averages(JsonArray json) {
        return new Averages(
                number(json.get(0)),
                number(json.get(1)),
                number(json.get(2)),
                json.get(3).getAsInt());
    }

    private static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : new JsonPrimitive(Double.toString(value));
    }

    private static double number(JsonElement json) {
        return Double.parseDouble(json.getAsString());
    }
}
