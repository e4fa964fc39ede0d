package io.github.multilabel.training.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Distances from which on images are unusual. */
class UnusualFitTest {

    @Test
    void theWishedShareOfImagesIsAboveTheQuantile() {
        List<Double> distances =
                IntStream.rangeClosed(1, 99).mapToObj(i -> 100.0 - i).toList();

        assertThat(UnusualFit.quantile(distances, 0.05)).isEqualTo(95);
        assertThat(UnusualFit.quantile(distances, 0.01)).isEqualTo(99);
    }
}
