package io.github.multilabel.training.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@link Evaluation} as the counts and losses that it follows from, to the last digit, and back. For people there is
 * {@code training.report.MetricsJson}.
 */
public final class EvaluationJson {

    private EvaluationJson() {}

    /** The JSON object; numbers that JSON does not know are texts, such as {@code "NaN"}. */
    public static JsonObject write(Evaluation evaluation) {
        JsonObject json = new JsonObject();
        json.add("loss", number(evaluation.loss()));
        json.addProperty("samples", evaluation.samples());
        json.addProperty("complete", evaluation.completelyLabelled());
        json.addProperty("exact", evaluation.exactlyMatched());
        JsonObject heads = new JsonObject();
        evaluation.heads().forEach(metrics -> heads.add(metrics.head().name(), head(metrics)));
        json.add("heads", heads);
        return json;
    }

    private static JsonObject head(HeadMetrics metrics) {
        JsonObject json = new JsonObject();
        json.add("loss", number(metrics.loss()));
        metrics.when(
                single -> {
                    json.add("confusion", counts(single.confusion()));
                    return json;
                },
                multi -> {
                    json.add("accuracy", number(multi.accuracy()));
                    json.addProperty("support", multi.support());
                    json.add(
                            "categories",
                            counts(multi.categories().stream()
                                    .map(c -> new long[] {c.truePositives(), c.support(), c.predicted()})
                                    .toArray(long[][]::new)));
                    return json;
                });
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
            metrics.add(head(head, byHead.getAsJsonObject(head.name())));
        }
        return new Evaluation(
                heads,
                metrics,
                number(json.get("loss")),
                json.get("samples").getAsLong(),
                json.get("complete").getAsLong(),
                json.get("exact").getAsLong());
    }

    private static HeadMetrics head(Head head, JsonObject json) {
        double loss = number(json.get("loss"));
        if (head.kind() == Head.Kind.SINGLE_LABEL) {
            return new SingleLabelMetrics(head, loss, counts(json.getAsJsonArray("confusion")));
        }
        long[][] counts = counts(json.getAsJsonArray("categories"));
        List<CategoryMetrics> categories = new ArrayList<>();
        for (int k = 0; k < head.size(); k++) {
            categories.add(CategoryMetrics.of(head.category(k), counts[k][0], counts[k][1], counts[k][2]));
        }
        return new MultiLabelMetrics(
                head, loss, number(json.get("accuracy")), json.get("support").getAsLong(), categories);
    }

    private static JsonArray counts(long[][] rows) {
        JsonArray json = new JsonArray();
        for (long[] row : rows) {
            JsonArray cells = new JsonArray();
            for (long count : row) {
                cells.add(count);
            }
            json.add(cells);
        }
        return json;
    }

    private static long[][] counts(JsonArray json) {
        long[][] rows = new long[json.size()][];
        for (int i = 0; i < rows.length; i++) {
            JsonArray cells = json.get(i).getAsJsonArray();
            rows[i] = new long[cells.size()];
            for (int j = 0; j < cells.size(); j++) {
                rows[i][j] = cells.get(j).getAsLong();
            }
        }
        return rows;
    }

    private static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : new JsonPrimitive(Double.toString(value));
    }

    private static double number(JsonElement json) {
        return Double.parseDouble(json.getAsString());
    }
}
