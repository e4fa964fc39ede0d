package io.github.multilabel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class KillAndResumeTest {

    @Test
    @Tag("hostile") // for its time
    void aTrainingThatIsKilledAgainAndAgainGivesTheWeightsOfOneThatIsNot() {
        assertThat(new CommandLine(new KillAndResume()).execute("--kills", "3", "--epochs", "2"))
                .isZero();
    }
}
