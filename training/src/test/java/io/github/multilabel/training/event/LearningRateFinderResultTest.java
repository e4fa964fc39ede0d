package io.github.multilabel.training.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.training.internal.loop.RisingRate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rates from 1e-7 to 10 in 100 steps, 12 in a decade. */
class LearningRateFinderResultTest {

    private static LearningRateFinderResult range(int tried, DoubleUnaryOperator lossOfDecade) {
        RisingRate rising = new RisingRate(1e-7, 10, 100);
        List<Double> rates = IntStream.range(0, tried)
                .mapToObj(i -> rising.factor(i, 100, 1))
                .toList();
        List<Double> losses = rates.stream()
                .map(rate -> lossOfDecade.applyAsDouble(Math.log10(rate)))
                .toList();
        return new LearningRateFinderResult(rates, losses, tried == 100);
    }

    /** From 3 down to 1, steepest at a decade; from 0.1 on, up without bound. */
    private static DoubleUnaryOperator valley(double steepest) {
        return decade -> 3 - 2 / (1 + Math.exp(-4 * (decade - steepest))) + Math.exp(8 * (decade + 0.5)) / 100;
    }

    private static DoubleUnaryOperator noisy(DoubleUnaryOperator loss, double deviation, long seed) {
        Random random = new Random(seed);
        return decade -> loss.applyAsDouble(decade) + deviation * random.nextGaussian();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-4, -3, -2})
    void theRateAroundWhichTheLossFallsFastestIsSuggested(double steepest) {
        LearningRateFinderResult range = range(100, valley(steepest));
        assertThat(Math.log10(range.suggestion().orElseThrow())).isCloseTo(steepest, within(0.1));
        assertThat(range.toString()).startsWith("suggested learning rate").contains("from 3.00 to 1.0");
    }

    @Test
    void noiseMovesTheSuggestionLittle() {
        for (int seed = 0; seed < 50; seed++) {
            LearningRateFinderResult range = range(100, noisy(valley(-3), 0.3, seed));
            assertThat(Math.log10(range.suggestion().orElseThrow()))
                    .as("seed " + seed)
                    .isCloseTo(-3, within(0.7));
        }
    }

    @Test
    void aFallAfterTheLossHasExplodedCountsForNothing() {
        LearningRateFinderResult range =
                range(100, decade -> decade < 0.5 ? valley(-3).applyAsDouble(Math.min(decade, 0)) : 0.9);
        assertThat(Math.log10(range.suggestion().orElseThrow())).isCloseTo(-3, within(0.1));
    }

    @Test
    void aLossThatOnlyDiffersFromBatchToBatchSuggestsNothing() {
        long suggested = IntStream.range(0, 200)
                .mapToObj(seed -> range(100, noisy(decade -> 3, 0.3, seed)))
                .filter(range -> range.suggestion().isPresent())
                .count();
        assertThat(suggested).as("of 200 tests without anything to learn").isLessThan(10);
        assertThat(range(100, decade -> 3).toString())
                .startsWith(
                        "no learning rate can be suggested: 100 rates were tried, from 1.0e-07 to 1.0e+01; from 3.00"
                                + " to 3.00 the loss fell no further than by chance")
                .contains("larger batches or more steps");
    }

    @Test
    void aLossThatGrowsFromTheStartSuggestsNothing() {
        assertThat(range(100, decade -> decade + 10).suggestion()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 19})
    void fewRatesSuggestNothing(int tried) {
        LearningRateFinderResult range = range(tried, valley(-6.5));
        assertThat(range.suggestion()).isEmpty();
        assertThat(range.smoothedLosses()).hasSize(tried);
        assertThat(range.toString()).contains("at least 20 are needed").contains(tried == 0 ? "no rate" : "stopped");
    }

    @Test
    void aLastLossThatIsNotFiniteEndsTheTestAndSpoilsNothing() {
        for (double last : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            LearningRateFinderResult finite = range(80, valley(-3));
            List<Double> losses = new ArrayList<>(finite.losses());
            losses.set(79, last);
            LearningRateFinderResult range = new LearningRateFinderResult(finite.rates(), losses, true);
            assertThat(range.isDiverged()).isTrue();
            assertThat(range.suggestion()).isEqualTo(finite.suggestion());
            assertThat(range.smoothedLosses().subList(0, 79)).allMatch(Double::isFinite);
            assertThat(range.toString()).contains("where the loss grew without bound");
        }
    }

    @Test
    void theTestEndsWhenTheLossIsFourTimesItsLowestAndAboveWhereItBegan() {
        assertThat(range(90, valley(-3)).isDiverged()).isFalse();
        assertThat(range(100, valley(-3)).isDiverged()).isTrue();
        assertThat(range(100, decade -> decade < -1 ? 3 * Math.pow(10, -3 * (decade + 7)) : 0.5)
                        .isDiverged())
                .as("near 0 a factor says little")
                .isFalse();
        assertThat(range(50, decade -> -5).isDiverged())
                .as("a loss of the user's")
                .isFalse();
        assertThat(range(0, decade -> 1).isDiverged()).isFalse();
    }

    @Test
    void smoothingIsTheMeanOfHalfADecadeToEitherSide() {
        LearningRateFinderResult range = range(100, decade -> decade);
        for (int i = 6; i < 94; i++) {
            assertThat(range.smoothedLosses().get(i)).isCloseTo(range.losses().get(i), within(1e-9));
        }
        double end = range.losses().subList(93, 100).stream()
                .mapToDouble(loss -> loss)
                .average()
                .orElseThrow();
        assertThat(range.smoothedLosses().get(99)).isCloseTo(end, within(1e-9));
    }

    @Test
    void theTextIsTheSameInAnyLocale() {
        Locale before = Locale.getDefault();
        String expected = range(100, valley(-3)).toString();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(range(100, valley(-3))).hasToString(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void whatIsNoRangeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LearningRateFinderResult(List.of(0.1), List.of(), true))
                .withMessage("1 rates have 0 losses; one for each");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LearningRateFinderResult(List.of(0.1, 0.1), List.of(1.0, 1.0), true))
                .withMessageContaining("do not ascend");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LearningRateFinderResult(List.of(0.0), List.of(1.0), true))
                .withMessageContaining("above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LearningRateFinderResult(List.of(0.1, 0.2), List.of(Double.NaN, 1.0), true))
                .withMessageContaining("the loss at rate 0.1 is NaN");
        assertThat(new LearningRateFinderResult(List.of(), List.of(), false).smoothedLosses())
                .isEqualTo(Collections.emptyList());
    }
}
