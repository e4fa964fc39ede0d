package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.data.ImageDataset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void theBarShowsTheTimeLeftTheSpeedAndTheLossOfEachHead() throws IOException {
        assertThat(whatTrainingShows(true))
                .contains("epoch 1/1", "evaluation")
                .containsPattern("\\d:\\d\\d / \\d:\\d\\d:\\d\\d") // spent and left
                .contains("/s")
                .containsPattern("loss shape \\d\\.\\d\\d, colour \\d\\.\\d\\d");
    }

    @Test
    void withoutABarNothingIsShown() throws IOException {
        assertThat(whatTrainingShows(false)).isEmpty();
    }

    @Test
    void noThreadKeepsTheApplicationAliveAfterTraining() throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        whatTrainingShows(true);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread) && !thread.isDaemon()))
                .isEmpty();
    }

    private static String whatTrainingShows(boolean progress) throws IOException {
        PrintStream error = System.err;
        Locale locale = Locale.getDefault();
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
        Locale.setDefault(Locale.GERMANY);
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 4);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .optEpochs(1)
                        .optProgress(progress)
                        .build()) {
            trainer.fit(train, train);
        } finally {
            System.setErr(error);
            Locale.setDefault(locale);
        }
        return shown.toString(StandardCharsets.UTF_8);
    }
}
