package io.github.multilabel.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CrossValidationTest {

    @Test
    void meanAndDeviationAreThoseOfNumPy() {
        CrossValidation folds =
                CrossValidation.ofMetrics(List.of(Map.of("loss", 0.5), Map.of("loss", 0.7), Map.of("loss", 0.6)));

        assertThat(folds.folds()).isEqualTo(3);
        assertThat(folds.values("loss")).containsExactly(0.5, 0.7, 0.6);
        assertThat(folds.mean("loss")).isCloseTo(0.6, within(1e-12)); // numpy.mean
        assertThat(folds.deviation("loss")).isCloseTo(0.1, within(1e-12)); // numpy.std(ddof=1)
        assertThat(folds.toString()).contains("loss    0.6000     0.1000    0.5000    0.7000    0.6000");
    }

    @Test
    void whatIsNotDefinedInAFoldIsLeftOut() {
        CrossValidation folds = CrossValidation.ofMetrics(List.of(Map.of("f1", 0.5), Map.of("f1", Double.NaN)));

        assertThat(folds.mean("f1")).isEqualTo(0.5);
        assertThat(folds.deviation("f1")).isNaN();
        assertThat(folds.toString()).contains("n/a");
    }

    @Test
    void evaluationsHaveEveryMetric() {
        HeadSet heads = HeadSet.of(Head.singleLabel("colour", "red", "blue"));
        Evaluation perfect = Evaluation.perfect(
                heads, List.of(Labels.builder(heads).set("colour", "red").build()));

        CrossValidation folds = CrossValidation.of(List.of(perfect, perfect));

        assertThat(folds.metrics()).containsExactlyElementsOf(Metric.all(heads).keySet());
        assertThat(folds.mean("colour_accuracy")).isEqualTo(1);
        assertThat(folds.deviation("colour_accuracy")).isZero();
    }

    @Test
    void foldsOfOtherHeadsOrNoneAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CrossValidation.ofMetrics(List.of(Map.of("a", 1.0), Map.of("b", 1.0))))
                .withMessageContaining("heads must be the same");
        assertThatIllegalArgumentException().isThrownBy(() -> CrossValidation.of(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CrossValidation.ofMetrics(List.of(Map.of("loss", 1.0))).mean("los"))
                .withMessageContaining("loss");
    }

    @Test
    void whatIsNullIsNamed() {
        Map<String, Double> nothing = new HashMap<>();
        nothing.put("loss", null);
        assertNull(() -> CrossValidation.of(null), "'folds' is null; pass the evaluation of each fold");
        assertNull(() -> CrossValidation.ofMetrics(null), "'folds' is null; pass the metrics of each fold");
        assertNull(() -> CrossValidation.of(Collections.singletonList(null)), "'folds, number 1' is null");
        assertNull(() -> CrossValidation.ofMetrics(Arrays.asList(Map.of(), null)), "'folds, number 2' is null");
        assertNull(() -> CrossValidation.ofMetrics(List.of(nothing)), "'loss' is null", "NaN where it is not defined");
        CrossValidation one = CrossValidation.ofMetrics(List.of(Map.of("loss", 1.0)));
        assertNull(() -> one.mean(null), "'metric' is null", "metrics()");
    }

    private static void assertNull(ThrowingCallable call, String... said) {
        assertThatIllegalArgumentException().isThrownBy(call).satisfies(thrown -> assertThat(thrown.getMessage())
                .contains(said));
    }
}
