package io.github.multilabel.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.scoring.Bootstrap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    private static final Bootstrap FEW = new Bootstrap(1, 100, 0.95);
    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("brand", "Audi", "BMW", "Škoda [CZ].x", "it's \"new\""),
            Head.singleLabel("a.b < 1", "yes", "no"),
            Head.multiLabel("unlabelled", "tag"));

    /** A has 90 of 100 images right, B has 89, all of the category Audi but ten. */
    private static final Comparison COMPARISON = comparison(90, 89);

    private static Comparison comparison(int rightOfA, int rightOfB) {
        return Comparison.of(predictions(rightOfA), predictions(rightOfB), FEW);
    }

    private static Predictions predictions(int right) {
        Predictions.Builder builder = Predictions.builder(HEADS);
        for (int i = 0; i < 100; i++) {
            int label = i < 90 ? 0 : 1 + i % 3;
            float[] brand = new float[4];
            brand[i < right ? label : (label + 1) % 4] = 3;
            builder.add(
                    "" + i,
                    Labels.builder(HEADS)
                            .setIndex("brand", label)
                            .set("a.b < 1", "yes")
                            .build(),
                    brand,
                    new float[] {i < right ? 1 : 0, 0.5f},
                    new float[] {0});
        }
        return builder.build();
    }

    private static Condition.Outcome outcome(String condition) {
        return Condition.parse(condition).of(COMPARISON).outcome();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "brand.accuracy < -0.005",
                "brand_accuracy<-.005",
                "  brand.accuracy <= -1e-2  ",
                "brand.accuracy >= -0.01",
                "\"brand\".accuracy < 0",
                "'brand'.accuracy < 0",
                "brand.loss > 0",
                "mean_accuracy < 0",
                "brand[Audi].recall < -0.005",
                "brand[\"Audi\"].recall < -0.005",
                "'brand'['Audi'].recall < 0",
                "brand[Škoda [CZ].x].recall >= 0",
                "brand[it's \"new\"].recall <= +0",
                "brand['it's \"new\"'].f1 <= 0",
                "a.b < 1.accuracy < -0.005",
                "a.b < 1_accuracy < -0.005",
                "'a.b < 1'.accuracy < 0",
                "a.b < 1[yes].precision >= 0",
            })
    void aConditionIsReadWhateverTheNames(String condition) {
        assertThat(outcome(condition)).as(condition).isEqualTo(Condition.Outcome.HOLDS);
    }

    @ParameterizedTest
    @CsvSource({
        "brand.accuracy < -0.01",
        "brand.accuracy > -0.01",
        "brand.accuracy <= -0.02",
        "brand.accuracy >= 0",
        "brand[BMW].recall < 0",
        "brand.accuracy significantly < 0"
    })
    void otherwiseItDoesNotHold(String condition) {
        ConditionOutcome outcome = Condition.parse(condition).of(COMPARISON);
        assertThat(outcome.outcome()).as(outcome.toString()).isEqualTo(Condition.Outcome.DOES_NOT_HOLD);
        assertThat(outcome.fails()).isFalse();
    }

    @Test
    void whatIsUndefinedFailsWithTheReason() {
        ConditionOutcome outcome = Condition.parse("exact_match < -0.01").of(COMPARISON);
        assertThat(outcome.fails()).isTrue();
        assertThat(outcome).hasToString("exact_match < -0.01 is undefined: n/a in A, n/a in B, B - A is n/a");
        assertThat(outcome("unlabelled[tag].recall < 0")).isEqualTo(Condition.Outcome.UNDEFINED);
        String json = COMPARISON.json(List.of(outcome));
        assertThat(JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("conditions"))
                .hasToString("[{\"condition\":\"exact_match < -0.01\",\"a\":null,\"b\":null,\"difference\":null,"
                        + "\"low\":null,\"high\":null,\"holds\":null}]");
    }

    @Test
    void theWholeIntervalFulfilsWhatHoldsSignificantly() {
        Comparison worse = comparison(90, 45);
        assertThat(Condition.parse("brand.accuracy significantly < -0.2")
                        .of(worse)
                        .outcome())
                .isEqualTo(Condition.Outcome.HOLDS);
        assertThat(Condition.parse("brand.accuracy significantly < -0.44")
                        .of(worse)
                        .outcome())
                .isEqualTo(Condition.Outcome.DOES_NOT_HOLD);
        assertThat(Condition.parse("brand.loss significantly > 0").of(worse)).satisfies(outcome -> {
            assertThat(outcome.fails()).isTrue();
            assertThat(outcome.toString()).startsWith("brand.loss significantly > 0 holds: ");
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> outcome("brand[Audi].recall significantly < 0"))
                .withMessageContaining("categories have no intervals");
    }

    @Test
    void whatIsComparedIsTheDifferenceAndNotItsLastDigit() {
        assertThat(0.89 - 0.9).isLessThan(-0.01);
        assertThat(outcome("brand.accuracy < -0.01")).isEqualTo(Condition.Outcome.DOES_NOT_HOLD);
        assertThat(outcome("brand.accuracy <= -0.01")).isEqualTo(Condition.Outcome.HOLDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "brand.accuracy",
                "brand.accuracy < ",
                "< 0",
                "brand.accuracy = 0",
                "brand.accuracy < 1%",
                "brand.accuracy < NaN",
                "brand.accuracy << x",
                "brand.accuracy < 0x10"
            })
    void whatIsNoConditionIsRefusedWithAnExample(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.parse(text))
                .withMessageContainingAll("is no condition", "'brand.accuracy < -0.01'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "brand.acuracy < 0 | did you mean 'brand_accuracy'",
                "brnd.accuracy < 0 | did you mean 'brand_accuracy'",
                "brand[Adi].recall < 0 | did you mean 'Audi'",
                "brand[Audi].recal < 0 | did you mean 'recall'",
                "brand[Audi] < 0 | has no metric after the category; write brand[CATEGORY].recall",
                "brnd[Audi].recall < 0 | no metric 'brnd[Audi].recall' is compared",
            })
    void unknownNamesAreRefusedWithSimilarOnes(String condition, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> outcome(condition))
                .withMessageContaining(words);
    }
}
