package io.github.multilabel.model.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.multilabel.testsupport.Golden;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers are from golden/stability.py. */
class StabilityIndexTest {

    private static List<Golden> golden() {
        Golden all = Golden.read("stability.json");
        return all.names().stream().map(all::part).toList();
    }

    @Test
    void theIndexIsThatOfNumPy() {
        for (Golden each : golden()) {
            assertThat(StabilityIndex.of(each.longs("before"), each.longs("now")))
                    .isCloseTo(each.number("index"), within(1e-12));
        }
    }

    @Test
    void whatChanceGivesIsTheQuantileOfChiSquaredToThreePercent() {
        for (Golden each : golden()) {
            long[] before = each.longs("before");
            double found = StabilityIndex.byChance(
                    before.length,
                    Arrays.stream(before).sum(),
                    Arrays.stream(each.longs("now")).sum());
            assertThat(found).isCloseTo(each.number("byChance"), withinPercentage(3));
        }
    }

    @Test
    void emptyBinsCountAsASmallShareOrAsNothing() {
        assertThat(StabilityIndex.of(new long[] {50, 50, 0}, new long[] {50, 50, 0}))
                .isZero();
        double expected = 0.5 * Math.log(2) + (0.5 - 1e-4) * Math.log(0.5 / 1e-4);
        assertThat(StabilityIndex.of(new long[] {50, 50}, new long[] {100, 0})).isCloseTo(expected, within(1e-12));
    }

    @Test
    void nothingCountedIsNoNumber() {
        assertThat(StabilityIndex.of(new long[] {1, 2}, new long[] {0, 0})).isNaN();
        assertThat(StabilityIndex.of(new long[] {}, new long[] {})).isNaN();
        assertThat(StabilityIndex.byChance(1, 100, 100)).isNaN();
        assertThat(StabilityIndex.byChance(5, 100, 0)).isNaN();
    }

    @Test
    void countsThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StabilityIndex.of(new long[] {1}, new long[] {1, 2}))
                .withMessageContaining("1 before and 2 now");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StabilityIndex.of(new long[] {1, -2}, new long[] {1, 2}))
                .withMessageContaining("bin 1", "-2");
    }
}
