package io.github.multilabel.model.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.testsupport.Golden;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The numbers are from golden/usual.py. */
class UsualFeaturesTest {

    private static final int FEATURES = 6;
    private static final Golden GOLDEN = Golden.read("usual.json");

    static UsualFeatures golden() {
        return new UsualFeatures(GOLDEN.floats("mean"), rows(GOLDEN.floats("directions")), GOLDEN.floats("variances"));
    }

    private static float[][] rows(float[] values) {
        float[][] rows = new float[values.length / FEATURES][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(values, row * FEATURES, (row + 1) * FEATURES));
        return rows;
    }

    @Test
    void theDistanceIsThatOfMahalanobis() {
        float[][] images = rows(GOLDEN.floats("images"));
        double[] expected = GOLDEN.numbers("distances");
        for (int i = 0; i < images.length; i++) {
            assertThat(golden().distance(images[i])).isCloseTo(expected[i], within(1e-5));
        }
    }

    @Test
    void lengthsOfFeaturesDoNotMatter() {
        float[] image = rows(GOLDEN.floats("images"))[0];
        float[] longer = image.clone();
        for (int i = 0; i < longer.length; i++) {
            longer[i] *= 32;
        }
        assertThat(golden().distance(longer)).isCloseTo(golden().distance(image), within(1e-9));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        float[] mean = {0.5f, 0.5f};
        float[][] direction = {{1, 0}};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UsualFeatures(mean, direction, new float[] {1}))
                .withMessageContaining("2 features", "1 directions and 1 variances");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UsualFeatures(mean, direction, new float[] {1, 0}))
                .withMessageContaining("the variance 0.0 must be above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UsualFeatures(mean, direction, new float[] {1, 2}))
                .withMessageContaining("not below the last");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UsualFeatures(new float[] {Float.NaN, 0}, direction, new float[] {2, 1}))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> golden().distance(mean))
                .withMessageContaining("6, got 2");
    }
}
