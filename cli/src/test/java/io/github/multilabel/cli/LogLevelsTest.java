package io.github.multilabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What the command lets through of the log. */
class LogLevelsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.github.multilabel.core.ProgressListener",
                "io.github.multilabel.data.internal.images.UrlImages",
                "io.github.multilabel.core.internal.download.Transfer"
            })
    void whatTakesLongIsSaid(String logger) {
        assertThat(LoggerFactory.getLogger(logger).isInfoEnabled()).isTrue();
    }
}
