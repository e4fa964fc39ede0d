package io.github.multilabel.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.cli.Multilabel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arguments that count only for options that were not typed. */
class DefaultArgumentsTest {

    private static final List<String> DEFAULTS =
            List.of("train", "--dataset=stanford-cars", "--output", "build/cars", "--resume");

    private final DefaultArguments arguments = new DefaultArguments(Multilabel::new);

    @Test
    void whatWasNotTypedIsAddedAfterTheSubcommand() {
        assertThat(arguments.under(DEFAULTS, List.of("--epochs", "3")))
                .containsExactly(
                        "train", "--dataset=stanford-cars", "--output", "build/cars", "--resume", "--epochs", "3");
        assertThat(arguments.under(List.of("--output=build"), List.of("train", "--csv", "a.csv")))
                .containsExactly("train", "--output=build", "--csv", "a.csv");
    }

    @Test
    void whatWasTypedWinsInEitherForm() {
        assertThat(arguments.under(DEFAULTS, List.of("--output=here", "--resume")))
                .containsExactly("train", "--dataset=stanford-cars", "--output=here", "--resume");
        assertThat(arguments.under(DEFAULTS, List.of("--output", "here")))
                .containsExactly("train", "--dataset=stanford-cars", "--resume", "--output", "here");
    }

    @Test
    void theFirstOfSeveralDefaultsWins() {
        List<String> first = arguments.under(List.of("--seed=1"), List.of("train", "--epochs", "3"));

        assertThat(arguments.under(List.of("--seed=2", "--epochs=2"), first))
                .containsExactly("train", "--seed=1", "--epochs", "3");
    }

    @Test
    void wrongArgumentsStayForTheCommandToRefuse() {
        assertThat(arguments.under(DEFAULTS, List.of("--epcohs", "3", "--batch-size", "many")))
                .endsWith("--epcohs", "3", "--batch-size", "many");
        assertThat(arguments.under(List.of(), List.of("trian"))).containsExactly("trian");
    }

    @Test
    void anOptionThatWasTypedIsFound() {
        assertThat(arguments.typed("--output", List.of("train", "--output", "here")))
                .contains("here");
        assertThat(arguments.typed("--output", List.of("train"))).isEmpty();
    }
}
