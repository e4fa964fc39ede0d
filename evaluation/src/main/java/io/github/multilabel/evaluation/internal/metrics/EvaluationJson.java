package io.github.multilabel.evaluation.internal.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.evaluation.internal.counts.EvaluationCounts;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import io.github.multilabel.evaluation.internal.counts.HierarchyCounts;
import io.github.multilabel.evaluation.internal.counts.SparseCounts;
import io.github.multilabel.evaluation.metrics.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An {@link Evaluation} as the counts and losses that it follows from, to the last digit, and back. For people there is
 * {@link io.github.multilabel.evaluation.MetricsJson}.
 */
public final class EvaluationJson {

    private static final String LOSS = "loss";
    private static final String ACCURACY = "accuracy";
    private static final String SUPPORT = "support";
    private static final String UNANSWERED = "unanswered";
    private static final String ANSWERS = "answers";
    private static final String CATEGORIES = "categories";
    /** Of three numbers each: category, answer or -1, images. */
    private static final String CELLS = "cells";
    /** Of a single-label head: images of cells, a fraction beside averages; earlier releases did not write it. */
    private static final String TOP = "top5";
    /** Of each finest head; not known where it is missing. */
    private static final String HIERARCHIES = "hierarchies";
    /** All cells, as earlier releases wrote them. */
    private static final String CONFUSION = "confusion";

    private EvaluationJson() {}

    /** The JSON object; numbers that JSON does not know are texts, such as {@code "NaN"}. */
    public static JsonObject write(Evaluation evaluation) {
        EvaluationCounts counts = evaluation.counts();
        JsonObject json = new JsonObject();
        json.add(LOSS, number(counts.loss()));
        json.addProperty("samples", counts.samples());
        json.addProperty("complete", counts.complete());
        json.addProperty("exact", counts.exact());
        JsonObject heads = new JsonObject();
        counts.heads().forEach(head -> heads.add(head.head().name(), write(head)));
        json.add("heads", heads);
        if (!counts.hierarchies().isEmpty()) {
            JsonObject hierarchies = new JsonObject();
            counts.hierarchies().forEach(each -> hierarchies.add(each.finest(), write(each)));
            json.add(HIERARCHIES, hierarchies);
        }
        return json;
    }

    private static JsonObject write(HierarchyCounts counts) {
        JsonObject json = new JsonObject();
        json.addProperty("labelled", counts.labelled());
        json.addProperty("right", counts.right());
        json.addProperty("broken", counts.broken());
        json.addProperty("mistakes", counts.mistakes());
        json.addProperty("wrong", counts.wrong());
        return json;
    }

    private static JsonObject write(HeadCounts counts) {
        JsonObject json = new JsonObject();
        json.add(LOSS, number(counts.loss()));
        if (counts instanceof HeadCounts.Confusion confusion) {
            json.add(CELLS, cells(confusion));
            if (confusion.top() != HeadCounts.Confusion.UNKNOWN) {
                json.addProperty(TOP, confusion.top());
            }
        } else if (counts instanceof HeadCounts.Tags tags) {
            write(json, tags);
        } else if (counts instanceof HeadCounts.Summary summary) {
            write(json, summary);
        }
        return json;
    }

    private static JsonArray cells(HeadCounts.Confusion confusion) {
        JsonArray cells = new JsonArray();
        SparseCounts counts = confusion.cells();
        int size = confusion.head().size();
        for (int i = 0; i < counts.size(); i++) {
            long cell = counts.cell(i);
            cells.add(cell < 0 ? -1 - cell : cell / size);
            cells.add(cell < 0 ? -1 : cell % size);
            cells.add(counts.count(i));
        }
        return cells;
    }

    private static void write(JsonObject json, HeadCounts.Tags tags) {
        json.add(ACCURACY, number(tags.accuracy()));
        json.addProperty(SUPPORT, tags.support());
        json.addProperty(UNANSWERED, tags.nonFinite());
        JsonArray categories = new JsonArray();
        for (HeadCounts.Tag tag : tags.categories()) {
            JsonArray counts = new JsonArray();
            counts.add(tag.truePositives());
            counts.add(tag.support());
            counts.add(tag.predicted());
            categories.add(counts);
        }
        json.add(CATEGORIES, categories);
    }

    private static void write(JsonObject json, HeadCounts.Summary summary) {
        if (summary.head().kind() == Head.Kind.MULTI_LABEL) {
            json.add(ANSWERS, number(summary.hammingAccuracy()));
        } else if (!Double.isNaN(summary.top5Accuracy())) {
            json.add(TOP, number(summary.top5Accuracy()));
        }
        json.add(ACCURACY, number(summary.accuracy()));
        json.addProperty(SUPPORT, summary.support());
        json.addProperty(UNANSWERED, summary.nonFinite());
        json.add("macro", means(summary.macro()));
        json.add("weighted", means(summary.weighted()));
    }

    private static JsonArray means(HeadCounts.Means means) {
        JsonArray json = new JsonArray();
        json.add(number(means.precision()));
        json.add(number(means.recall()));
        json.add(number(means.f1()));
        json.add(means.categories());
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
        List<HeadCounts> counts = new ArrayList<>();
        for (Head head : heads) {
            JsonObject saved = byHead.getAsJsonObject(head.name());
            counts.add(head.kind() == Head.Kind.SINGLE_LABEL ? single(head, saved) : multi(head, saved));
        }
        return Evaluation.of(new EvaluationCounts(
                heads,
                counts,
                number(json.get(LOSS)),
                json.get("samples").getAsLong(),
                json.get("complete").getAsLong(),
                json.get("exact").getAsLong(),
                hierarchies(json, heads)));
    }

    private static List<HierarchyCounts> hierarchies(JsonObject json, HeadSet heads) {
        JsonObject byFinest = json.has(HIERARCHIES) ? json.getAsJsonObject(HIERARCHIES) : new JsonObject();
        return heads.hierarchy().finest().stream()
                .filter(byFinest::has)
                .map(finest -> hierarchy(finest, byFinest.getAsJsonObject(finest)))
                .toList();
    }

    private static HierarchyCounts hierarchy(String finest, JsonObject json) {
        return new HierarchyCounts(
                finest,
                json.get("labelled").getAsLong(),
                json.get("right").getAsLong(),
                json.get("broken").getAsLong(),
                json.get("mistakes").getAsLong(),
                json.get("wrong").getAsLong());
    }

    private static HeadCounts single(Head head, JsonObject json) {
        SparseCounts counts = new SparseCounts();
        if (json.has(CELLS)) {
            JsonArray numbers = json.getAsJsonArray(CELLS);
            long[] cells = new long[numbers.size() / 3];
            long[] images = new long[cells.length];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = HeadCounts.Confusion.cell(
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
            return summary(head, json, Double.NaN);
        }
        long top = json.has(TOP) ? json.get(TOP).getAsLong() : HeadCounts.Confusion.UNKNOWN;
        return new HeadCounts.Confusion(head, number(json.get(LOSS)), counts, top);
    }

    private static void row(SparseCounts counts, Head head, int category, JsonArray row) {
        long[] images = new long[row.size()];
        Arrays.setAll(images, answer -> row.get(answer).getAsLong());
        int[] met = IntStream.range(0, images.length)
                .filter(answer -> images[answer] > 0)
                .toArray();
        counts.merge(
                IntStream.of(met)
                        .mapToLong(answer -> HeadCounts.Confusion.cell(head, category, answer))
                        .toArray(),
                IntStream.of(met).mapToLong(answer -> images[answer]).toArray());
    }

    private static HeadCounts multi(Head head, JsonObject json) {
        if (!json.has(CATEGORIES)) {
            return summary(head, json, number(json.get(ANSWERS)));
        }
        JsonArray rows = json.getAsJsonArray(CATEGORIES);
        List<HeadCounts.Tag> tags = new ArrayList<>();
        for (int k = 0; k < head.size(); k++) {
            JsonArray counts = rows.get(k).getAsJsonArray();
            tags.add(new HeadCounts.Tag(
                    counts.get(0).getAsLong(),
                    counts.get(1).getAsLong(),
                    counts.get(2).getAsLong()));
        }
        return new HeadCounts.Tags(
                head,
                number(json.get(LOSS)),
                number(json.get(ACCURACY)),
                json.get(SUPPORT).getAsLong(),
                json.has(UNANSWERED) ? json.get(UNANSWERED).getAsLong() : 0, // earlier releases did not count these
                tags);
    }

    private static HeadCounts.Summary summary(Head head, JsonObject json, double hammingAccuracy) {
        return new HeadCounts.Summary(
                head,
                number(json.get(LOSS)),
                number(json.get(ACCURACY)),
                json.get(SUPPORT).getAsLong(),
                json.get(UNANSWERED).getAsLong(),
                means(json.getAsJsonArray("macro")),
                means(json.getAsJsonArray("weighted")),
                hammingAccuracy,
                json.has(TOP) ? number(json.get(TOP)) : Double.NaN);
    }

    private static HeadCounts.Means means(JsonArray json) {
        return new HeadCounts.Means(
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
