package io.github.multilabel.onnx.int8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {

    private static Histogram of(float... values) {
        Histogram histogram = new Histogram();
        histogram.add(values);
        return histogram;
    }

    /** 99,999 numbers from -1 to 1 and one far away. */
    private static Histogram withAnOutlier() {
        float[] values = new float[100_000];
        for (int i = 0; i < values.length - 1; i++) {
            values[i] = -1 + 2f * i / values.length;
        }
        values[values.length - 1] = 1000;
        return of(values);
    }

    @Test
    void theEndsAreThoseOfAllValuesAndOfZero() {
        Histogram histogram = of(2, 3);
        assertThat(histogram.min()).isZero();
        assertThat(histogram.max()).isEqualTo(3);

        histogram.add(new float[] {-5});
        assertThat(histogram.min()).isEqualTo(-5);
    }

    @Test
    void quantilesCutOffWhatIsRare() {
        ActivationRange range = withAnOutlier().quantiles(0.999);

        assertThat(range.max()).isEqualTo(1, within(0.5f)); // bins are a quarter wide, since far away is in the last
        assertThat(range.min()).isEqualTo(-1, within(0.5f));
    }

    @Test
    void allValuesLieWithinAllQuantiles() {
        assertThat(withAnOutlier().quantiles(1)).isEqualTo(new ActivationRange(-1, 1000));
    }

    @Test
    void valuesThatComeLaterCountAsThoseThatCameBefore() {
        Random random = new Random(3);
        float[] small = new float[1000];
        float[] large = new float[1000];
        for (int i = 0; i < small.length; i++) {
            small[i] = (float) random.nextGaussian();
            large[i] = 100 * (float) random.nextGaussian();
        }
        Histogram growing = of(small);
        growing.add(large);
        Histogram reversed = of(large);
        reversed.add(small);

        ActivationRange range = new ActivationRange(-20, 30);
        assertThat(growing.quantiles(0.9)).isEqualTo(reversed.quantiles(0.9));
        assertThat(growing.meanSquaredError(range))
                .isCloseTo(reversed.meanSquaredError(range), within(1e-9))
                .isPositive();
    }

    @Test
    void rangesAreNarrowerWhereWhatIsFarAwayIsRare() {
        Histogram rare = withAnOutlier();
        Histogram usual = of(-1, 1000, 1000, 1000);

        assertThat(RangeMethod.range(RangeMethod.MEAN_SQUARED_ERROR, usual).max())
                .isGreaterThan(980);
        assertThat(RangeMethod.range(RangeMethod.MIN_MAX, rare).max()).isEqualTo(1000);
        assertThat(RangeMethod.range(RangeMethod.PERCENTILE, rare).max()).isLessThan(2);
    }

    @Test
    void whatIsNotFiniteIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> of(1, Float.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> of(Float.NEGATIVE_INFINITY));
    }
}
