package io.github.multilabel.evaluation.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.labels.LabelIssues.Ranking;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.testsupport.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Index by index what cleanlab 2.9.0 finds, see {@code label-issues.py}. */
class CleanlabParityTest {

    private static final String FILE = "label-issues.json";
    private static final double EXACT = 1e-7;

    static List<JsonObject> single() {
        return Golden.cases(FILE, "single");
    }

    static List<JsonObject> multi() {
        return Golden.cases(FILE, "multi");
    }

    @ParameterizedTest
    @MethodSource("single")
    void theSameLabelsOfASingleLabelHeadAreDoubtedInTheSameOrder(JsonObject golden) {
        LabelIssues issues = LabelIssues.find(singleLabel(golden), 2);

        assertThat(issues.issues().stream().map(LabelIssue::row).sorted().toList())
                .isEqualTo(integers(golden, "issues"));
        assertThat(rows(issues)).isEqualTo(integers(golden, "bySelfConfidence"));
        assertThat(rows(issues.rankedBy(Ranking.MARGIN))).isEqualTo(integers(golden, "byNormalizedMargin"));
    }

    @ParameterizedTest
    @MethodSource("single")
    void theScoresOfASingleLabelHeadAreTheSame(JsonObject golden) {
        double[] selfConfidence = numbers(golden, "selfConfidence");
        double[] normalizedMargin = numbers(golden, "normalizedMargin");

        LabelIssues issues = LabelIssues.find(singleLabel(golden), 2);

        assertThat(issues.issues()).allSatisfy(issue -> {
            assertThat(issue.selfConfidence()).isCloseTo(selfConfidence[issue.row()], within(EXACT));
            assertThat((issue.margin() + 1) / 2).isCloseTo(normalizedMargin[issue.row()], within(EXACT));
        });
    }

    @ParameterizedTest
    @MethodSource("multi")
    void theSameImagesOfAMultiLabelHeadAreDoubtedInTheSameOrder(JsonObject golden) {
        LabelIssues issues = LabelIssues.find(multiLabel(golden), 2);

        assertThat(issues.issues().stream().map(LabelIssue::row).sorted().toList())
                .isEqualTo(integers(golden, "issues"));
        assertThat(rows(issues)).isEqualTo(integers(golden, "bySelfConfidence"));
    }

    @ParameterizedTest
    @MethodSource("multi")
    void theSameTagsAreToBeChanged(JsonObject golden) {
        Predictions predictions = multiLabel(golden);
        Head head = predictions.heads().get("tags");
        List<Integer> ofTags = integers(golden, "ofTags");

        LabelIssues issues = LabelIssues.find(predictions, 2);

        assertThat(issues.issues()).isNotEmpty().allSatisfy(issue -> {
            List<Integer> changed = head.categories().stream()
                    .map(tag -> issue.given().contains(tag) != issue.suggested().contains(tag) ? 1 : 0)
                    .toList();
            assertThat(changed).isEqualTo(ofTags.subList(issue.row() * head.size(), (issue.row() + 1) * head.size()));
        });
    }

    @ParameterizedTest
    @MethodSource("multi")
    void theScoresOfAMultiLabelHeadAreTheSame(JsonObject golden) {
        Predictions predictions = multiLabel(golden);
        double[] expected = numbers(golden, "selfConfidence");

        double[] scores = predictions.head("tags").when(single -> new double[0], multi -> IntStream.range(
                        0, multi.size())
                .mapToDouble(row -> TagScores.selfConfidence(multi, row))
                .toArray());

        assertThat(scores).containsExactly(expected, within(EXACT));
    }

    private static List<Integer> rows(LabelIssues issues) {
        return issues.issues().stream().map(LabelIssue::row).toList();
    }

    private static Predictions singleLabel(JsonObject golden) {
        HeadSet heads =
                HeadSet.of(new Head("kind", names(golden.get("categories").getAsInt()), Head.Kind.SINGLE_LABEL));
        List<Integer> labels = integers(golden, "labels");
        return predictions(heads, golden, row -> Labels.builder(heads)
                .setIndex("kind", labels.get(row))
                .build());
    }

    private static Predictions multiLabel(JsonObject golden) {
        int tags = golden.get("tags").getAsInt();
        HeadSet heads = HeadSet.of(new Head("tags", names(tags), Head.Kind.MULTI_LABEL));
        List<Integer> labels = integers(golden, "labels");
        return predictions(heads, golden, row -> Labels.builder(heads)
                .set(
                        "tags",
                        IntStream.range(0, tags)
                                .filter(k -> labels.get(row * tags + k) == 1)
                                .mapToObj(heads.get("tags")::category)
                                .toList())
                .build());
    }

    private static Predictions predictions(HeadSet heads, JsonObject golden, IntFunction<Labels> labels) {
        double[] logits = numbers(golden, "logits");
        int size = heads.get(0).size();
        Predictions.Builder predictions = Predictions.builder(heads);
        for (int row = 0; row < logits.length / size; row++) {
            float[] ofRow = new float[size];
            for (int k = 0; k < size; k++) {
                ofRow[k] = (float) logits[row * size + k];
            }
            predictions.add(row + ".jpg", labels.apply(row), ofRow);
        }
        return predictions.build();
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(k -> "c" + k).toList();
    }

    private static List<Integer> integers(JsonObject golden, String name) {
        return Arrays.stream(numbers(golden, name)).mapToObj(n -> (int) n).toList();
    }

    private static double[] numbers(JsonObject golden, String name) {
        return StreamSupport.stream(golden.getAsJsonArray(name).spliterator(), false)
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }
}
