package io.github.multilabel.evaluation.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.testsupport.Golden;
import io.github.multilabel.testsupport.StandardError;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassWeightsTest {

    private static final Head TYPE = Head.singleLabel("type", "Coupe", "SUV", "Van");

    private static final Head TAGS = Head.multiLabel("tags", "night", "rain", "snow");

    @Test
    void absentCategoriesCountOneAndAreNamedInAWarning() {
        String log = StandardError.during(() -> {
            assertThat(ClassWeights.balanced().resolve(counts(TYPE, 8, 6, 2, 0)))
                    .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-4 ? 0 : 1)
                    .containsExactly(0.6667, 2.0, 1.0);
            assertThat(ClassWeights.effectiveNumber().resolve(counts(TYPE, 10, 5, 5, 0)))
                    .containsExactly(1.0, 1.0, 1.0);
            assertThat(ClassWeights.positive(50).resolve(counts(TAGS, 10, 0, 5, 10)))
                    .containsExactly(1.0, 1.0, 0.02);
        });
        assertThat(log)
                .contains(
                        "head 'type': no training image of [Van]; balanced weights give it weight 1",
                        "head 'type': no training image of [Van]; weights by effective number give it weight 1",
                        "head 'tags': no training image of [night]; positive weights give it weight 1");
    }

    @Test
    void countedWeightsAreThoseOfThePythonLibraries() { // golden/class-weights.py
        Golden golden = Golden.read("class-weights.json");
        long[] each = golden.longs("counts");
        long images = Arrays.stream(each).sum();
        LabelCounts type = counts(Head.singleLabel("type", "a", "b", "c", "d", "e"), images, each);
        LabelCounts tags = counts(Head.multiLabel("tags", "a", "b", "c", "d", "e"), images, each);
        assertClose(ClassWeights.balanced().resolve(type), golden.numbers("balanced"));
        assertClose(ClassWeights.effectiveNumber(0).resolve(type), golden.numbers("effective 0"));
        assertClose(ClassWeights.effectiveNumber(0.9).resolve(type), golden.numbers("effective 0.9"));
        assertClose(ClassWeights.effectiveNumber().resolve(type), golden.numbers("effective 0.999"));
        assertClose(ClassWeights.effectiveNumber(0.9999).resolve(type), golden.numbers("effective 0.9999"));
        assertClose(ClassWeights.positive(10).resolve(tags), golden.numbers("positive 10"));
        assertClose(ClassWeights.positive(1e5).resolve(tags), golden.numbers("positive 100000"));
    }

    private static void assertClose(List<Double> weights, double[] expected) {
        assertThat(weights).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(weights.get(i)).isCloseTo(expected[i], withinPercentage(1e-7));
        }
    }

    @Test
    void theEffectiveNumberIsFiniteThoughBetaIsNextToOne() {
        List<Double> weights = ClassWeights.effectiveNumber(Math.nextDown(1.0)).resolve(counts(TYPE, 7, 4, 2, 1));
        assertClose(weights, new double[] {3 / 7.0, 6 / 7.0, 12 / 7.0}); // in proportion to 1 / count
    }

    @Test
    void missingLabelsAreNotCounted() {
        HeadSet heads = HeadSet.of(TYPE, TAGS);
        MultiLabelDataset data = dataset(
                heads,
                Labels.missing(heads),
                Labels.builder(heads).set("type", "SUV").set("tags", List.of()).build(),
                Labels.builder(heads).set("tags", List.of("rain", "snow")).build());
        assertThat(LabelCounts.of(TYPE, data).ofCategories()).containsExactly(0, 1, 0);
        assertThat(LabelCounts.of(TYPE, data).labelled()).isEqualTo(1);
        assertThat(LabelCounts.of(TAGS, data).ofCategories()).containsExactly(0, 1, 1);
        assertThat(LabelCounts.of(TAGS, data).labelled()).isEqualTo(2);
        assertThat(ClassWeights.positive(9).resolve(TAGS, data)).containsExactly(1.0, 1.0, 1.0);
    }

    private static LabelCounts counts(Head head, long labelled, long... counts) {
        return new LabelCounts(head, labelled, counts);
    }

    /** Labels alone. */
    private static MultiLabelDataset dataset(HeadSet heads, Labels... rows) {
        return (MultiLabelDataset) Proxy.newProxyInstance(
                ClassWeightsTest.class.getClassLoader(),
                new Class<?>[] {MultiLabelDataset.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "heads" -> heads;
                    case "size" -> rows.length;
                    case "labels" -> rows[(int) arguments[0]];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void categoriesThatAreNotNamedCountOne() {
        assertThat(ClassWeights.of(Map.of("SUV", 2.5)).resolve(TYPE, null)).containsExactly(1.0, 2.5, 1.0);
    }

    @Test
    void unknownCategoriesAreAnsweredWithNearOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassWeights.of(Map.of("Coup", 2.0)).requireFit(TYPE))
                .withMessageContaining("head 'type'")
                .withMessageContaining("did you mean 'Coupe'?");
    }

    @Test
    void weightsMustBeFiniteAndNotNegative() {
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ClassWeights.of(Map.of("SUV", bad)))
                    .withMessageContaining("class weight " + bad);
        }
    }

    @Test
    void eachKindOfHeadHasWeightsOfItsOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassWeights.balanced().requireFit(TAGS))
                .withMessage("head 'tags' is MULTI_LABEL: balanced weights are for SINGLE_LABEL heads; use"
                        + " ClassWeights.positive(20)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassWeights.positive(20).requireFit(TYPE))
                .withMessage("head 'type' is SINGLE_LABEL: positive weights are for MULTI_LABEL heads; use"
                        + " ClassWeights.balanced()");
        ClassWeights.of(Map.of("SUV", 2.0)).requireFit(TYPE);
        ClassWeights.of(Map.of("snow", 2.0)).requireFit(TAGS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN, Double.POSITIVE_INFINITY})
    void betaMustBeBelowOne(double beta) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassWeights.effectiveNumber(beta))
                .withMessageContaining("beta " + beta + " is outside [0, 1)");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void theLargestWeightMustBeFinite(double most) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassWeights.positive(most))
                .withMessageContaining("the largest weight " + most + " is not a finite number of at least 1");
    }
}
