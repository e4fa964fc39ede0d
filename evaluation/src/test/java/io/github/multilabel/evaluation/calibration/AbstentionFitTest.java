package io.github.multilabel.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Thresholds that are chosen on images keep what they promise on others. */
class AbstentionFitTest {

    /** Of a model that is right as often as its probability, to the power of 2: it promises too much. */
    private static double isRight(double probability) {
        return probability * probability;
    }

    private static double[] probabilities(Random random, int answers) {
        return random.doubles(answers).map(each -> 1 - 0.4 * each * each).toArray();
    }

    private static boolean[] right(Random random, double[] probabilities) {
        boolean[] right = new boolean[probabilities.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = random.nextDouble() < isRight(probabilities[i]);
        }
        return right;
    }

    @Test
    void theChosenThresholdKeepsThePrecisionOnOtherImagesIn95Of100Draws() {
        Random random = new Random(11);
        double[] others = probabilities(random, 200_000);
        for (int images : new int[] {300, 2000}) {
            int kept = 0;
            double coverage = 0;
            for (int draw = 0; draw < 100; draw++) {
                double[] probabilities = probabilities(random, images);
                var choice = AbstentionFit.choose(probabilities, right(random, probabilities), 0.9);
                double least = choice.map(AbstentionChoice::threshold).orElse(2.0);
                double precision = Arrays.stream(others)
                        .filter(each -> each >= least)
                        .map(AbstentionFitTest::isRight)
                        .average()
                        .orElse(1);
                kept += precision >= 0.9 ? 1 : 0;
                coverage += choice.map(AbstentionChoice::coverage).orElse(0.0) / 100;
            }
            assertThat(kept).as("of %d images", images).isGreaterThanOrEqualTo(95);
            assertThat(coverage).as("not by answering nothing").isGreaterThan(images == 300 ? 0.2 : 0.5);
        }
    }

    @Test
    void noThresholdIsChosenThatTooFewAnswersShow() {
        double[] probabilities = new double[85];
        boolean[] right = new boolean[85];
        Arrays.setAll(probabilities, i -> 0.99 - i / 1000.0);
        Arrays.fill(right, true);

        assertThat(AbstentionFit.choose(probabilities, right, 0.95)).isEmpty();
        double[] more = Arrays.copyOf(probabilities, 86);
        more[85] = 0.5;
        boolean[] rightMore = Arrays.copyOf(right, 86);
        rightMore[85] = true;
        AbstentionChoice choice = AbstentionFit.choose(more, rightMore, 0.95).orElseThrow();
        assertThat(choice.answers()).isEqualTo(86);
        assertThat(choice.coverage()).isEqualTo(1);
        assertThat(choice.threshold()).isLessThan(0.5).isCloseTo(0.5, within(1e-4));
        assertThat(choice.leastPrecision()).isCloseTo(Math.pow(0.05, 1 / 86.0), within(1e-6));
        assertThat(choice.toString())
                .isEqualTo(
                        "unknown below 0.500: right for 1.000 of 86 answers, at least 0.966 (wished 0.95), answered for"
                                + " 1.000 of the images");
        assertThat(AbstentionFit.choose(new double[0], new boolean[0], 0.9)).isEmpty();
    }

    @Test
    void moreThanEverythingCannotBeWished() {
        for (double wrong : new double[] {0, 1, 95, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AbstentionFit.choose(new double[1], new boolean[1], wrong))
                    .withMessageContaining("the precision " + wrong + " must be between 0 and 1");
        }
    }

    @Test
    void equallyProbableAnswersAreGivenTogetherWhateverTheirOrder() {
        double[] probabilities = {0.9, 0.5, 0.5, 0.5, 0.2};
        List<RiskCoverage> curves = List.of(
                RiskCoverage.of(probabilities, new boolean[] {true, true, false, false, false}),
                RiskCoverage.of(probabilities, new boolean[] {true, false, false, true, false}));

        assertThat(curves.get(1)).isEqualTo(curves.get(0));
        assertThat(curves.get(0).points())
                .containsExactly(
                        new RiskCoverage.Point(0.9, 1, 1, 0.2),
                        new RiskCoverage.Point(0.5, 4, 2, 0.8),
                        new RiskCoverage.Point(0.2, 5, 2, 1));
        assertThat(curves.get(0).area()).isCloseTo(0.2 * 0 + 0.6 * 0.5 + 0.2 * 0.6, within(1e-12));
        assertThat(RiskCoverage.of(new double[0], new boolean[0]).area()).isNaN();
    }

    @Test
    void answersOfEqualProbabilityAreInOneBin() {
        double[] probabilities = new double[100];
        Arrays.fill(probabilities, 0.75);
        boolean[] right = new boolean[100];
        Arrays.fill(right, 0, 75, true);

        assertThat(ReliabilityCurve.equalMass(probabilities, right, 15).bins())
                .containsExactly(new ReliabilityCurve.Bin(100, 0.75, 0.75));
        assertThat(ReliabilityCurve.equalWidth(probabilities, right, 15).expectedError())
                .isZero();
    }

    @Test
    void aThresholdOfATagLiesBetweenTheLogitsThatItParts() {
        float[][] logits = new float[40][];
        float[][] labels = new float[40][];
        Arrays.setAll(logits, i -> new float[] {i < 20 ? -3 : -1, i});
        Arrays.setAll(labels, i -> new float[] {i < 20 ? 0 : 1, i < 5 ? 1 : 0});

        List<TagThresholds.Tag> tags = TagThresholds.choose(logits, labels, Collections.nCopies(2, 0.5));

        assertThat(tags.get(0).threshold()).isCloseTo(Answers.sigmoid(-2), within(1e-9));
        assertThat(tags.get(0).f1()).isEqualTo(1);
        assertThat(tags.get(0).usualF1()).isZero();
        assertThat(tags.get(1).isChosen()).as("5 images have it").isFalse();
        assertThat(tags.get(1).threshold()).isEqualTo(0.5);
        assertThat(tags.get(1).f1()).isNaN();
        assertThat(tags.get(1).images()).isEqualTo(5);
    }
}
