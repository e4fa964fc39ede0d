package io.github.multilabel.training.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.training.schedule.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimePlannerTest {

    @Test
    void fewerEpochsAreSharedAsTheyWereAndEachPhaseKeepsOne() {
        List<Phase> tuning = List.of(Phase.heads(1), Phase.all(13));
        assertThat(TimePlanner.shares(tuning, 14)).containsExactly(1, 13);
        assertThat(TimePlanner.shares(tuning, 8)).containsExactly(1, 7);
        assertThat(TimePlanner.shares(tuning, 2)).containsExactly(1, 1);
        List<Phase> three = List.of(Phase.heads(4), Phase.from("layer4", 4), Phase.all(8));
        assertThat(TimePlanner.shares(three, 8)).containsExactly(2, 2, 4);
        assertThat(TimePlanner.shares(three, 3)).containsExactly(1, 1, 1);
        List<Phase> uneven = List.of(Phase.heads(1), Phase.from("layer4", 1), Phase.all(8));
        for (int epochs = 3; epochs <= 10; epochs++) {
            assertThat(TimePlanner.shares(uneven, epochs)).allMatch(share -> share >= 1);
            assertThat(TimePlanner.shares(uneven, epochs).stream()
                            .mapToInt(i -> i)
                            .sum())
                    .isEqualTo(epochs);
        }
    }
}
