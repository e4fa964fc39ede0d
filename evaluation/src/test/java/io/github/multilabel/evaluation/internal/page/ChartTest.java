package io.github.multilabel.evaluation.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.image.Pixels;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {

    @Test
    void aLineIsInterruptedWhereAValueIsNotKnown() {
        // given a line with a gap, and a single value behind it
        Chart.Line line = new Chart.Line("loss", 0, List.of(1.0, 2.0, 3.0, 4.0), List.of(0.0, 1.0, Double.NaN, 0.5));
        Chart chart = new Chart("t", "", Axis.numbers("epoch", 4), Axis.shares("", true), List.of(line), List.of());

        // when it is drawn, then there are two pieces, the last of them a dot
        assertThat(chart.pieces(line)).containsExactly("48.0,190.0 148.0,8.0", "348.0,99.0 348.0,99.0");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2.53, 0|1|2|3",
        "0, 0.004, 0|0.001|0.002|0.003|0.004",
        "-0.4, 1, -0.5|0|0.5|1",
        "NaN, NaN, 0|0.2|0.4|0.6|0.8|1"
    })
    void ticksAreRoundNumbers(double least, double most, String ticks) {
        assertThat(Axis.values("", least, most).ticks().stream()
                        .map(Axis.Tick::text)
                        .toList())
                .containsExactly(ticks.split("\\|"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 12, 40, 101, 2000, 123456})
    void epochsAreWholeNumbersFromOne(long epochs) {
        Axis axis = Axis.numbers("epoch", epochs);

        assertThat(axis.ticks().get(0).text()).isEqualTo("1");
        assertThat(axis.ticks().size()).isBetween(1, 7);
        assertThat(axis.ticks()).allMatch(tick -> tick.value() == Math.rint(tick.value()) && tick.value() <= epochs);
    }

    @Test
    void nearlyAllIsNotToldAsAll() {
        assertThat(Figures.share(0.99999)).isEqualTo("99.9\u00a0%");
        assertThat(Figures.share(0.00001)).isEqualTo("0.1\u00a0%");
        assertThat(Figures.share(1)).isEqualTo("100.0\u00a0%");
        assertThat(Figures.share(0)).isEqualTo("0.0\u00a0%");
        assertThat(Figures.share(Double.NaN)).isEqualTo("n/a");
        assertThat(Figures.number(100)).isEqualTo("100");
        assertThat(Figures.number(0.0001234)).isEqualTo("0.000123");
    }

    @Test
    void picturesKeepTheirShape() {
        // given a wide image, a tiny one and one that is a line
        List<int[]> sizes = List.of(new int[] {4000, 1000}, new int[] {3, 5}, new int[] {5000, 1});

        // when they become small, then the longer side is at most 160 pixels
        List<String> small = IntStream.range(0, sizes.size())
                .mapToObj(i -> Picture.of(
                        "",
                        new Pixels(sizes.get(i)[1], sizes.get(i)[0], new byte[3 * sizes.get(i)[0] * sizes.get(i)[1]])))
                .map(picture -> picture.width() + "x" + picture.height())
                .toList();
        assertThat(small).containsExactly("160x40", "3x5", "160x1");
    }
}
