package io.github.multilabel.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.Head;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {

    private static final Head TYPE = Head.singleLabel("type", "Coupe", "SUV", "Van");

    @Test
    void balancedWeightsAreScikitLearnsAndAnAbsentCategoryIsNamedInAWarning() { // CASES C26
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            assertThat(ClassWeights.balanced(TYPE, 6, 2, 0))
                    .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-4 ? 0 : 1)
                    .containsExactly(0.6667, 2.0, 1.0);
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("head 'type': no training image of [Van]");
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
    void multiLabelHeadsTakeNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassWeights.balanced().requireFit(Head.multiLabel("tags", "night")))
                .withMessageContaining("head 'tags' is MULTI_LABEL");
    }
}
