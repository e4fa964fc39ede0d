package io.github.multilabel.training.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonitorRuleTest {

    private static final HeadSet SHAPE = HeadSet.of(Head.singleLabel("shape", "disc", "bar"));

    private static MonitorRule rule(String metric) {
        return MonitorRule.of(SHAPE, metric, 1, 0);
    }

    @Test
    void theSpellingOfEarlierReleasesIsReadAndSaved() {
        assertThat(rule("training.loss")).hasToString("train_loss");
        assertThat(rule("validation.exact_match")).hasToString("validation_exact_match");
        assertThat(rule("training.shape.loss").saved()).isEqualTo("training.shape.loss");
    }

    @Test
    void howFarOffMistakesAreChoosesNoEpoch() {
        HeadSet drawings = HeadSet.of(
                        Head.singleLabel("drawing", "red disc", "red bar", "blue bar"),
                        Head.singleLabel("shape", "disc", "bar"))
                .withParent("drawing", "shape", Map.of("red disc", "disc", "red bar", "bar", "blue bar", "bar"));
        for (String name : List.of("drawing_mistake_distance", "train_drawing_mistake_distance")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MonitorRule.of(drawings, name, 1, 0))
                    .withMessage(
                            "'" + name + "' cannot choose the best epoch: it says how far off mistakes are, not how"
                                    + " many there are, and is not defined without any; choose by 'drawing_full_path' or"
                                    + " 'drawing_broken'");
        }
        assertThat(MonitorRule.of(drawings, "drawing_broken", 1, 0)).hasToString("drawing_broken");
    }
}
