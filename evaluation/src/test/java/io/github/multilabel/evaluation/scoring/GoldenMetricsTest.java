package io.github.multilabel.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.metrics.Averages;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.testsupport.Golden;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random, tied and degenerate predictions of three heads, two of one label, against scikit-learn. */
class GoldenMetricsTest {

    private static final String FILE = "prediction-metrics.json";
    private static final int CATEGORIES = 7;
    private static final int TAGS = 4;
    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("first", names(CATEGORIES)),
            Head.singleLabel("second", names(CATEGORIES)),
            Head.multiLabel("tags", names(TAGS)));

    static Stream<JsonObject> cases() {
        return Golden.cases(FILE, "cases").stream();
    }

    private static List<String> names(int size) {
        return IntStream.range(0, size).mapToObj(k -> "c" + k).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyMetricIsThatOfScikitLearn(JsonObject golden) {
        PredictionMetrics metrics = PredictionMetrics.of(predictions(golden));
        assertSingle(golden, "first", metrics, golden.getAsJsonObject("single"));
        assertSingle(golden, "second", metrics, golden.getAsJsonObject("second"));
        assertMulti(golden, metrics, golden.getAsJsonObject("multi"));
        double[] atLeast = numbers(golden.getAsJsonObject("together").get("at_least"));
        for (int k = 0; k < atLeast.length; k++) {
            assertClose(golden, "at least " + k, metrics.atLeast(k), atLeast[k]);
        }
        assertClose(golden, "exact match", metrics.value("exact_match"), atLeast[HEADS.size()]);
        double[] correlations = numbers(golden.getAsJsonObject("together").get("correlations"));
        for (int pair = 0; pair < correlations.length; pair++) {
            assertClose(golden, "errors " + pair, metrics.errors().get(pair).correlation(), correlations[pair]);
        }
    }

    private static void assertSingle(JsonObject golden, String head, PredictionMetrics metrics, JsonObject expected) {
        HeadMetrics answers = metrics.evaluation().head(head);
        assertThat(answers.support()).isEqualTo(expected.get("support").getAsLong());
        if (answers.support() == 0) {
            assertUndefined(head, metrics);
            return;
        }
        for (String name : List.of(
                "accuracy", "balanced", "mcc", "kappa", "kappa_quadratic", "loss", "brier", "top3", "map", "auroc")) {
            assertClose(golden, head + " " + name, metrics.value(head + "_" + name), number(expected.get(name)));
        }
        assertAverages(golden, answers, expected);
        assertRanks(golden, metrics.head(head), expected);
    }

    private static void assertMulti(JsonObject golden, PredictionMetrics metrics, JsonObject expected) {
        HeadMetrics answers = metrics.evaluation().head("tags");
        assertThat(answers.support()).isEqualTo(expected.get("support").getAsLong());
        if (answers.support() == 0) {
            assertUndefined("tags", metrics);
            return;
        }
        for (String name : List.of("accuracy", "hamming", "loss", "brier", "map", "auroc")) {
            assertClose(golden, name, metrics.value("tags_" + name), number(expected.get(name)));
        }
        assertAverages(golden, answers, expected);
        assertRanks(golden, metrics.head("tags"), expected);
    }

    private static void assertUndefined(String head, PredictionMetrics metrics) {
        for (Map.Entry<String, PredictionMetric> metric :
                PredictionMetric.all(HEADS).entrySet()) {
            if (metric.getKey().startsWith(head + "_")) {
                assertThat(metric.getValue().of(metrics)).as(metric.getKey()).isNaN();
            }
        }
    }

    private static void assertAverages(JsonObject golden, HeadMetrics head, JsonObject expected) {
        Map<String, Averages> all = Map.of("macro", head.macro(), "micro", head.micro(), "weighted", head.weighted());
        all.forEach((name, averages) -> {
            double[] numbers = numbers(expected.get(name));
            assertClose(golden, name + " precision", averages.precision(), numbers[0]);
            assertClose(golden, name + " recall", averages.recall(), numbers[1]);
            assertClose(golden, name + " f1", averages.f1(), numbers[2]);
        });
    }

    private static void assertRanks(JsonObject golden, HeadScores scores, JsonObject expected) {
        double[] precisions = numbers(expected.get("ap"));
        double[] areas = numbers(expected.get("aurocs"));
        for (int k = 0; k < precisions.length; k++) {
            RankMetrics category = scores.category("c" + k);
            assertClose(golden, "average precision of " + k, category.averagePrecision(), precisions[k]);
            assertClose(golden, "auroc of " + k, category.auroc(), areas[k]);
        }
    }

    private static void assertClose(JsonObject golden, String what, double value, double expected) {
        String where = golden.get("name").getAsString() + ": " + what;
        if (Double.isNaN(expected)) {
            assertThat(value).as(where).isNaN();
        } else {
            assertThat(value).as(where).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
        }
    }

    private static double number(JsonElement element) {
        return element.isJsonNull() ? Double.NaN : element.getAsDouble();
    }

    private static double[] numbers(JsonElement list) {
        return StreamSupport.stream(list.getAsJsonArray().spliterator(), false)
                .mapToDouble(GoldenMetricsTest::number)
                .toArray();
    }

    private static Predictions predictions(JsonObject golden) {
        double[] logits = numbers(golden.get("logits"));
        double[] truth = numbers(golden.get("truth"));
        double[] other = numbers(golden.get("other"));
        double[] tagLogits = numbers(golden.get("tagLogits"));
        double[] tags = numbers(golden.get("tags"));
        Predictions.Builder builder = Predictions.builder(HEADS);
        for (int row = 0; row < truth.length; row++) {
            float[] first = new float[CATEGORIES];
            float[] second = new float[CATEGORIES];
            for (int k = 0; k < CATEGORIES; k++) {
                first[k] = (float) logits[row * CATEGORIES + k];
                second[CATEGORIES - 1 - k] = first[k];
            }
            float[] ofTags = new float[TAGS];
            for (int k = 0; k < TAGS; k++) {
                ofTags[k] = (float) tagLogits[row * TAGS + k];
            }
            Labels.Builder labels =
                    Labels.builder(HEADS).setIndex("first", (int) truth[row]).setIndex("second", (int) other[row]);
            int start = row * TAGS;
            if (tags[start] >= 0) {
                labels.set(
                        "tags",
                        IntStream.range(0, TAGS)
                                .filter(k -> tags[start + k] == 1)
                                .mapToObj(k -> "c" + k)
                                .toList());
            }
            builder.add("image " + row, labels.build(), first, second, ofTags);
        }
        return builder.build();
    }
}
