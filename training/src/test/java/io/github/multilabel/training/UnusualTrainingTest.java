package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What usual images are is learned at the end of a training, if that is wished. */
class UnusualTrainingTest {

    private static final HeadSet HEADS = HeadSet.of(Toy.HEADS.get("shape"), Toy.HEADS.get("colour"), Toy.TAGS);

    @TempDir
    private Path folder;

    private static Prediction predict(MultiLabelModel model, BufferedImage image) {
        try (MultiLabelPredictor predictor = model.newPredictor()) {
            return predictor.predict(image);
        }
    }

    private static BufferedImage noise() {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int i = 0; i < 1024; i++) {
            image.setRGB(i % 32, i / 32, random.nextInt(1 << 24));
        }
        return image;
    }

    @Test
    void noiseIsUnknownAndImagesLikeThoseOfTheTrainingAreNot() throws Exception {
        try (ImageDataset train = Toy.data(HEADS, 120, 16);
                MultiLabelTrainer trainer =
                        Toy.trainer(HEADS).optUnusualRate(0.05).build()) {
            trainer.fit(train, train);
            assertThat(trainer.answerLines()).anyMatch(line -> line.startsWith("unusual above a distance of "));
            trainer.model().save(folder);
            try (MultiLabelModel model = MultiLabelModel.load(folder)) {
                assertThat(model.usualFeatures()).isEqualTo(trainer.model().usualFeatures());
                Prediction noise = predict(model, noise());
                assertThat(noise.isUnusual()).isTrue();
                assertThat(noise.heads()).allMatch(HeadPrediction::unknown);
                assertThat(noise.distance().orElseThrow().value()).isGreaterThan(1);
            }

            trainer.fit(train);
            assertThat(trainer.model().unusualThreshold())
                    .as("without validation images")
                    .isEmpty();
            assertThat(trainer.answerLines())
                    .anyMatch(line -> line.contains("a rate of 0.05 takes 19 validation images"));
        }
    }

    @Test
    void aTrainingThatIsResumedAfterItsLastEpochLearnsTheSame() throws IOException {
        try (ImageDataset train = Toy.data(HEADS, 60, 16);
                MultiLabelTrainer first = Toy.trainer(HEADS)
                        .optUnusualRate(0.05)
                        .optCheckpoints(CheckpointOptions.in(folder))
                        .build();
                MultiLabelTrainer resumed = Toy.trainer(HEADS)
                        .optUnusualRate(0.05)
                        .optCheckpoints(CheckpointOptions.in(folder).resume())
                        .build()) {
            first.fit(train, train);
            resumed.fit(train, train);

            assertThat(resumed.model().usualFeatures())
                    .isPresent()
                    .isEqualTo(first.model().usualFeatures());
            assertThat(resumed.model().unusualThreshold())
                    .isEqualTo(first.model().unusualThreshold());
            assertThat(resumed.model().answerReference())
                    .isEqualTo(first.model().answerReference());
        }
    }

    @Test
    void nobodyHasToAsk() throws IOException {
        try (ImageDataset train = Toy.data(HEADS, 60, 16);
                MultiLabelTrainer trainer = Toy.trainer(HEADS).build()) {
            trainer.fit(train, train);
            assertThat(trainer.model().unusualThreshold()).isEmpty();
            assertThat(trainer.model().usualFeatures()).isEmpty();
        }
    }

    @Test
    void ratesOutsideTheirRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(HEADS).optUnusualRate(1).build())
                .withMessageContaining("optUnusualRate(1.0): between 0 and 1, e.g. 0.01");
    }
}
