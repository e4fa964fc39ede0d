package io.github.multilabel.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Average precision and area under the ROC curve as functions of how often each image counts. */
class RankingTest {

    private static final int IMAGES = 400;

    /** Every image is a unit; scores are rounded, so that many are equal. */
    private static Ranking drawn() {
        Random random = new Random(6);
        Ranking.Sorter sorter = new Ranking.Sorter(IMAGES);
        for (int i = 0; i < IMAGES; i++) {
            boolean isRight = random.nextInt(4) == 0;
            sorter.add((float) Math.round(random.nextGaussian() * 20 + (isRight ? 20 : 0)), i, isRight);
        }
        return sorter.ranking();
    }

    private static int[] all(int weight) {
        int[] weights = new int[IMAGES];
        Arrays.fill(weights, weight);
        return weights;
    }

    @Test
    void theInfluenceOfAnImageIsWhatALittleMoreOfItChanges() {
        Ranking ranking = drawn();
        RankMetrics once = ranking.under(all(1));
        double[] precision = new double[IMAGES];
        double[] area = new double[IMAGES];
        ranking.addInfluence(once, precision, area);
        int often = 100_000;
        for (int i = 0; i < IMAGES; i++) {
            int[] weights = all(often);
            weights[i]++;
            RankMetrics more = ranking.under(weights);
            assertThat((more.averagePrecision() - once.averagePrecision()) * often)
                    .as("average precision, image %d", i)
                    .isCloseTo(precision[i], within(1e-6));
            assertThat((more.auroc() - once.auroc()) * often)
                    .as("area, image %d", i)
                    .isCloseTo(area[i], within(1e-6));
        }
    }

    @Test
    void resamplesOfTheLinearMeansSpreadAsTheExactOnes() {
        Ranking ranking = drawn();
        RankMetrics once = ranking.under(all(1));
        double[] precision = new double[IMAGES];
        double[] area = new double[IMAGES];
        ranking.addInfluence(once, precision, area);
        double[] exact = new double[500];
        double[] linear = new double[500];
        for (int resample = 0; resample < exact.length; resample++) {
            int[] weights = Bootstrap.seeded(5).weights(resample, IMAGES);
            exact[resample] = ranking.under(weights).averagePrecision();
            linear[resample] = once.averagePrecision();
            for (int i = 0; i < IMAGES; i++) {
                linear[resample] += (weights[i] - 1) * precision[i];
            }
        }
        assertThat(deviation(linear)).isCloseTo(deviation(exact), within(0.05 * deviation(exact)));
    }

    private static double deviation(double... numbers) {
        double mean = Arrays.stream(numbers).average().orElseThrow();
        return Math.sqrt(Arrays.stream(numbers)
                .map(number -> (number - mean) * (number - mean))
                .average()
                .orElseThrow());
    }

    @Test
    void negativeScoresAndBothZerosAreOrderedAsNumbers() {
        Ranking.Sorter sorter = new Ranking.Sorter(4);
        sorter.add(-3, 0, false);
        sorter.add(-0f, 1, true);
        sorter.add(Float.POSITIVE_INFINITY, 2, true);
        sorter.add(0f, 3, false);
        RankMetrics metrics = sorter.ranking().under(1, 1, 1, 1);
        assertThat(metrics.auroc()).isEqualTo((2 + 1.5) / 4);
        assertThat(metrics.averagePrecision()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-15));
    }

    @Test
    void aSorterIsEmptyAfterARanking() {
        Ranking.Sorter sorter = new Ranking.Sorter(2);
        sorter.add(1, 0, true);
        sorter.add(2, 1, false);
        sorter.ranking();
        sorter.add(2, 0, true);
        sorter.add(1, 1, false);
        assertThat(sorter.ranking().under(1, 1)).isEqualTo(new RankMetrics(1, 1));
    }
}
