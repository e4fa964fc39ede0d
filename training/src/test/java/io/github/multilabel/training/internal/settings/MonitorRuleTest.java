package io.github.multilabel.training.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
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
}
