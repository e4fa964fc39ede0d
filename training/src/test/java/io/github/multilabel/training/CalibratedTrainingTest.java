package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.AnswerReferences;
import io.github.multilabel.evaluation.CalibratedAnswers;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.drift.AnswerReference;
import io.github.multilabel.model.drift.HeadReference;
import io.github.multilabel.model.heads.HeadCalibration;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.training.event.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training ends with a model whose probabilities are calibrated on its validation images. */
class CalibratedTrainingTest {

    private static final HeadSet HEADS = HeadSet.of(Toy.COLOUR, Toy.TAGS, Toy.SHAPE);

    @TempDir
    private Path folder;

    @Test
    void theModelIsCalibratedAndAnswersAsItsBestEpochDid() throws Exception {
        try (ImageDataset train = Toy.data(HEADS, 120, 16);
                ImageDataset validation = Toy.data(HEADS, 200, 32);
                MultiLabelTrainer trainer = Toy.trainer(HEADS).optEpochs(4).build()) {
            TrainingResult result = trainer.fit(train, validation);
            Evaluation epoch = result.best().validation().orElseThrow();

            assertThat(trainer.model().calibration()).isNotEmpty();
            assertThat(trainer.answerLines()).hasSize(3).allSatisfy(line -> assertThat(line)
                    .contains("calibration error"));
            Evaluation calibrated = trainer.evaluate(validation);
            assertThat(calibrated.meanAccuracy()).isEqualTo(epoch.meanAccuracy());
            assertThat(calibrated.head("tags").macro())
                    .isEqualTo(epoch.head("tags").macro());
            assertThat(calibrated.loss()).isLessThan(epoch.loss());
            try (MultiLabelModel own = trainer.model().withCalibration(List.of())) {
                assertThat(trainer.model().calibration())
                        .as("as it is chosen for a saved model")
                        .isEqualTo(CalibratedAnswers.calibration(CalibratedAnswers.choose(own, validation)));
            }
            trainer.model().save(folder.resolve("model"));
            try (MultiLabelModel loaded = MultiLabelModel.load(folder.resolve("model"))) {
                assertThat(loaded.calibration()).isEqualTo(trainer.model().calibration());
                assertThat(loaded.thresholds()).isEqualTo(trainer.model().thresholds());
            }
        }
    }

    @Test
    void aNextTrainingIsCalibratedAnew() throws IOException {
        try (ImageDataset train = Toy.data(HEADS, 60, 16);
                MultiLabelTrainer trainer = Toy.trainer(HEADS).build()) {
            trainer.fit(train, train);
            TrainingResult second = trainer.fit(train, train);
            assertThat(trainer.evaluate(train).meanAccuracy())
                    .isEqualTo(second.best().validation().orElseThrow().meanAccuracy());
            trainer.fit(train);
            assertThat(trainer.model().calibration())
                    .as("without validation images")
                    .isEmpty();
        }
    }

    @Test
    void whatNobodyWantsIsLeftOut() throws IOException {
        try (ImageDataset train = Toy.data(HEADS, 60, 16);
                MultiLabelTrainer trainer =
                        Toy.trainer(HEADS).optCalibration(false).build()) {
            TrainingResult result = trainer.fit(train, train);

            assertThat(trainer.model().calibration()).isEmpty();
            assertThat(trainer.model().thresholds()).isEmpty();
            assertThat(trainer.answerLines()).isEmpty();
            assertThat(trainer.evaluate(train).loss())
                    .isCloseTo(result.best().validation().orElseThrow().loss(), within(1e-4));
        }
    }

    @Test
    void headsLearnFromWhichProbabilityOnTheyAnswer() throws IOException {
        try (ImageDataset train = Toy.data(HEADS, 200, 16);
                MultiLabelTrainer trainer = Toy.trainer(HEADS)
                        .optEpochs(6)
                        .optAnswerPrecision(0.8)
                        .optTagThresholds(true)
                        .build()) {
            trainer.fit(train, train);

            assertThat(HeadThreshold.unknown(trainer.model().thresholds())).contains("colour");
            assertThat(trainer.model().thresholds())
                    .filteredOn(each -> each instanceof HeadThreshold.OfTags)
                    .extracting(HeadThreshold::head)
                    .containsExactly("tags");
            assertThat(trainer.answerLines())
                    .anyMatch(line -> line.startsWith("colour unknown below "))
                    .anyMatch(
                            line -> line.startsWith("tags predicted from ") && line.contains("by the best F1 of each"));
            assertThat(trainer.model().calibration())
                    .extracting(HeadCalibration::head)
                    .contains("colour");
        }
    }

    @Test
    void theModelKeepsWhatItAnsweredOnTheValidationImages() throws IOException {
        try (ImageDataset train = Toy.data(HEADS, 60, 16);
                MultiLabelTrainer trainer = Toy.trainer(HEADS).build()) {
            trainer.fit(train, train);

            AnswerReference kept = trainer.model().answerReference().orElseThrow();
            assertThat(kept).isEqualTo(AnswerReferences.of(Evaluator.predictions(trainer.model(), train)));
            assertThat(kept.heads()).extracting(HeadReference::head).isEqualTo(HEADS.names());
            assertThat(kept.heads()).extracting(HeadReference::images).containsOnly(60L);
            trainer.fit(train);
            assertThat(trainer.model().answerReference())
                    .as("without validation images")
                    .isEmpty();
        }
    }

    @Test
    void precisionsAndThresholdsNeedHeadsOfTheirKind() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(HEADS).optAnswerPrecision(1).build())
                .withMessageContaining("optAnswerPrecision(1.0): between 0 and 1, e.g. 0.98");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(HeadSet.of(Toy.TAGS))
                        .optAnswerPrecision(0.9)
                        .build())
                .withMessageContaining("for heads with one category per image, and none of [tags] is one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(Toy.HEADS).optTagThresholds(true).build())
                .withMessageContaining("for heads with tags, and none of [shape, colour] is one");
    }
}
