package io.github.multilabel.evaluation.comparison;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.multilabel.evaluation.metrics.CategoryMetrics;
import io.github.multilabel.evaluation.scoring.Interval;
import java.util.List;
import java.util.Locale;

/** A comparison as JSON. What stands in quotes here is in files that people keep, and stays. */
final class ComparisonJson {

    private ComparisonJson() {}

    static String of(Comparison comparison, List<ConditionOutcome> conditions) {
        JsonObject json = new JsonObject();
        json.add("images", images(comparison.overlap()));
        json.add("bootstrap", bootstrap(comparison));
        JsonObject metrics = new JsonObject();
        comparison.metrics().forEach(each -> metrics.add(each.metric(), metric(each)));
        json.add("metrics", metrics);
        JsonObject heads = new JsonObject();
        comparison.heads().forEach(each -> heads.add(each.head().name(), head(each, comparison.overlap())));
        json.add("heads", heads);
        json.add("headsOnlyA", names(comparison.overlap().headsOnlyA()));
        json.add("headsOnlyB", names(comparison.overlap().headsOnlyB()));
        JsonArray checked = new JsonArray();
        conditions.forEach(each -> checked.add(condition(each)));
        json.add("conditions", checked);
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .serializeNulls()
                .create()
                .toJson(json);
    }

    private static JsonObject images(Overlap overlap) {
        JsonObject json = new JsonObject();
        json.addProperty("compared", overlap.images());
        json.addProperty("onlyA", overlap.onlyA());
        json.addProperty("onlyB", overlap.onlyB());
        return json;
    }

    private static JsonObject bootstrap(Comparison comparison) {
        JsonObject json = new JsonObject();
        json.addProperty("seed", comparison.bootstrap().seed());
        json.addProperty("resamples", comparison.bootstrap().resamples());
        json.addProperty("level", comparison.bootstrap().level());
        json.addProperty("draws", comparison.isGrouped() ? "groups" : "images");
        json.addProperty("of", comparison.drawn());
        return json;
    }

    private static JsonObject metric(MetricDifference metric) {
        JsonObject json = values(metric.a(), metric.b(), metric.difference());
        json.addProperty("verdict", metric.verdict().name().toLowerCase(Locale.ROOT));
        return json;
    }

    private static JsonObject values(double a, double b, Interval difference) {
        JsonObject json = new JsonObject();
        json.add("a", number(a));
        json.add("b", number(b));
        json.add("difference", number(difference.value()));
        json.add("low", number(difference.low()));
        json.add("high", number(difference.high()));
        return json;
    }

    private static JsonObject head(HeadComparison head, Overlap overlap) {
        JsonObject json = new JsonObject();
        json.addProperty("support", head.support());
        json.addProperty(
                "contradictions", overlap.contradictions().get(head.head().name()));
        json.add("answers", test(head.answers()));
        JsonObject categories = new JsonObject();
        head.categories().forEach(each -> categories.add(each.category(), category(each)));
        json.add("categories", categories);
        return json;
    }

    private static JsonObject category(CategoryComparison category) {
        JsonObject json = new JsonObject();
        json.addProperty("support", category.a().support());
        json.add("a", rates(category.a()));
        json.add("b", rates(category.b()));
        JsonObject found = test(category.found());
        found.add("corrected", number(category.corrected()));
        json.add("found", found);
        return json;
    }

    private static JsonObject rates(CategoryMetrics metrics) {
        JsonObject json = new JsonObject();
        json.add("precision", number(metrics.precision()));
        json.add("recall", number(metrics.recall()));
        json.add("f1", number(metrics.f1()));
        return json;
    }

    private static JsonObject test(McNemar test) {
        JsonObject json = new JsonObject();
        json.addProperty("onlyA", test.onlyA());
        json.addProperty("onlyB", test.onlyB());
        json.add("p", number(test.p()));
        return json;
    }

    private static JsonObject condition(ConditionOutcome outcome) {
        JsonObject json = new JsonObject();
        json.addProperty("condition", outcome.condition());
        values(outcome.a(), outcome.b(), outcome.difference())
                .entrySet()
                .forEach(each -> json.add(each.getKey(), each.getValue()));
        json.add(
                "holds",
                switch (outcome.outcome()) {
                    case HOLDS -> new JsonPrimitive(true);
                    case DOES_NOT_HOLD -> new JsonPrimitive(false);
                    case UNDEFINED -> JsonNull.INSTANCE;
                });
        return json;
    }

    private static JsonArray names(List<String> names) {
        JsonArray json = new JsonArray();
        names.forEach(json::add);
        return json;
    }

    private static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }
}
