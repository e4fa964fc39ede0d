package io.github.multilabel.training.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.testsupport.StandardError;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.Toy;
import java.io.IOException;
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
        Locale locale = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            return StandardError.during(() -> {
                try (ImageDataset train = Toy.data(Toy.HEADS, 16, 4);
                        MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                                .optEpochs(1)
                                .optProgress(progress)
                                .build()) {
                    trainer.fit(train, train);
                }
            });
        } finally {
            Locale.setDefault(locale);
        }
    }
}
