package io.github.multilabel.model.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class WideKernelsTest {

    @Test
    void theFasterWayIsTaken() {
        assertThat(WideKernels.areSliced(sliced -> sliced ? 1 : 20)).isTrue();
        assertThat(WideKernels.areSliced(sliced -> sliced ? 2 : 1)).isFalse();
    }

    @Test
    void slowFirstRoundsDoNotCount() {
        Iterator<Double> whole = List.of(90., 80., 3., 2., 70.).iterator();

        assertThat(WideKernels.areSliced(sliced -> sliced ? 4 : whole.next())).isFalse();
    }

    @Test
    void theAnswerHoldsForTheProcess() {
        assertThat(WideKernels.areSliced()).isEqualTo(WideKernels.areSliced());
    }
}
