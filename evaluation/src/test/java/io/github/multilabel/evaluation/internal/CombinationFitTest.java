package io.github.multilabel.evaluation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.metrics.AnswerQuality;
import io.github.multilabel.evaluation.metrics.CombinationChoice;
import io.github.multilabel.model.combination.CombinationLearner;
import io.github.multilabel.model.combination.Combinations;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How much each head counts where all are answered together is chosen on images with labels. */
class CombinationFitTest {

    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("brand", "b0", "b1", "b2"),
            Head.multiLabel("tags", "sun"),
            Head.singleLabel("model", "m0", "m1", "m2"));

    /** Model and brand have the same number in 9 of 10 rows. */
    private static Combinations learned() {
        CombinationLearner learner = new CombinationLearner(HEADS, List.of());
        for (int row = 0; row < 300; row++) {
            learner.add(Labels.builder(HEADS)
                    .setIndex("brand", row % 3)
                    .setIndex("model", row % 10 == 0 ? row / 10 % 3 : row % 3)
                    .build());
        }
        return learner.learn();
    }

    private final CombinationFit fit = new CombinationFit(HEADS, learned());

    private static float[] says(int category, double certainty) {
        float[] logits = new float[3];
        logits[category] = (float) certainty;
        return logits;
    }

    private void add(float[] brand, float[] model, int brandLabel, int modelLabel) {
        fit.add(new float[][] {brand, {0}, model}, new int[] {brandLabel, Labels.MISSING, modelLabel});
    }

    @Test
    void aHeadThatIsWrongAndSureCountsLess() {
        Random random = new Random(3);
        for (int i = 0; i < 90; i++) {
            add(says(random.nextInt(3), 8), says(i % 3, 2), i % 3, i % 3);
        }
        CombinationChoice result = fit.best().orElseThrow();
        Map<String, Double> exponents = result.exponents();
        assertThat(exponents.get("brand")).isLessThan(0.5);
        assertThat(result.images()).isEqualTo(90);
        assertThat(result.own().exactMatch()).isLessThan(0.5);
        assertThat(result.together()).isEqualTo(new AnswerQuality(1, 1));
    }

    @Test
    void whereNothingIsBetterThePowersStayOne() {
        Combinations flat = new CombinationLearner(HEADS, List.of()).learn(); // knows nothing
        CombinationFit even = new CombinationFit(HEADS, flat);
        even.add(new float[][] {{0, 0, 0}, {0}, {0, 0, 0}}, new int[] {0, Labels.MISSING, 0});
        assertThat(even.best().orElseThrow().exponents())
                .containsExactly(Map.entry("brand", 1.0), Map.entry("model", 1.0));
    }

    @Test
    void bothMeasuresAreReportedAndEachMayBeWorse() {
        for (int i = 0; i < 3; i++) {
            add(says(0, 2), says(1, 2), 0, 1); // as the heads say, and as no combination does
            add(says(0, 3), says(1, 0.1), 0, 0);
        }
        CombinationChoice result = fit.best().orElseThrow();
        assertThat(result.own()).isEqualTo(new AnswerQuality(0.75, 0.5));
        assertThat(result.together().exactMatch()).isBetween(0.5, 1.0);
    }

    @Test
    void imagesThatLackALabelAreNotCounted() {
        add(says(0, 2), says(0, 2), 0, Labels.MISSING);
        assertThat(fit.best()).isEmpty();
        add(says(0, 2), says(0, 2), 0, 0);
        assertThat(fit.best().orElseThrow().images()).isEqualTo(1);
    }
}
