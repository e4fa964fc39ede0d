package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.event.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeadLayerTrainingTest {

    private static final HeadSet HEADS = HeadSet.of(Toy.SHAPE, Toy.COLOUR, Toy.TAGS);

    private ImageDataset train;
    private ImageDataset validation;

    @BeforeAll
    void draw() throws IOException {
        train = Toy.data(HEADS, 40, 8);
        validation = Toy.data(HEADS, 20, 8);
    }

    @AfterAll
    void close() {
        train.close();
        validation.close();
    }

    private TrainingResult fit(MultiLabelTrainerBuilder builder) throws IOException {
        try (MultiLabelTrainer trainer = builder.build()) {
            return trainer.fit(train, validation);
        }
    }

    private static double training(TrainingResult result) {
        return result.last().training().loss();
    }

    /** A trainer whose heads all have a hidden layer. */
    private static MultiLabelTrainerBuilder hidden(int units) {
        MultiLabelTrainerBuilder builder = Toy.trainer(HEADS);
        HEADS.names()
                .forEach(head ->
                        builder.addHeadOptions(head, HeadOptions.standard().hiddenUnits(units)));
        return builder;
    }

    private static double validation(TrainingResult result) {
        return result.last().validation().orElseThrow().loss();
    }

    @Test
    void aHeadHasWhatItIsToldOrWhatAllAre() throws IOException {
        try (MultiLabelTrainer trainer = Toy.trainer(HEADS)
                .optDropout(0.2)
                .addHeadOptions("tags", HeadOptions.standard().dropout(0).hiddenUnits(32))
                .addHeadOptions("shape", HeadOptions.standard().hiddenUnits(8))
                .addHeadOptions("colour", HeadOptions.standard().auxiliary())
                .build()) {
            assertThat(trainer.model().headLayers())
                    .containsOnlyKeys("shape", "tags")
                    .containsEntry("shape", HeadLayers.linear().withHidden(8).withDropout(0.2))
                    .containsEntry("tags", HeadLayers.linear().withHidden(32));
        }
    }

    @Test
    void withoutThemNothingIsOtherThanBefore() throws IOException {
        try (MultiLabelTrainer trainer = Toy.trainer(HEADS).build()) {
            assertThat(trainer.model().headLayers()).isEmpty();
            assertThat(trainer.model().block().getDirectParameters().keys())
                    .containsExactly("heads.weight", "heads.bias");
        }
    }

    @Test
    void allThatIsWrongIsToldTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(HEADS)
                        .optDropout(1)
                        .addHeadOptions("shape", HeadOptions.standard().dropout(-0.5))
                        .addHeadOptions("color", HeadOptions.standard().dropout(0.5))
                        .addHeadOptions("colour", HeadOptions.standard().hiddenUnits(0))
                        .addHeadOptions("tags", HeadOptions.standard().hiddenUnits(-3))
                        .addHeadOptions("tag", HeadOptions.standard().hiddenUnits(8))
                        .optGradientClipNorm(0)
                        .build())
                .withMessageContainingAll(
                        "- optDropout: a dropout rate of 1.0 is outside [0, 1)",
                        "- addHeadOptions(\"shape\", ...): dropout -0.5: a dropout rate of -0.5 is outside [0, 1)",
                        "- addHeadOptions(\"color\", ...): dropout 0.5: no head 'color'",
                        "did you mean 'colour'?",
                        "- addHeadOptions(\"colour\", ...): hiddenUnits 0: a hidden layer of 0 units; at least 1",
                        "- addHeadOptions(\"tags\", ...): hiddenUnits -3: a hidden layer of -3 units",
                        "- addHeadOptions(\"tag\", ...): hiddenUnits 8: no head 'tag'",
                        "did you mean 'tags'?",
                        "- optGradientClipNorm(0.0)");
    }

    /** With a rate that moves nothing. */
    @ParameterizedTest
    @CsvSource({
        "0, true, FLOAT32",
        "2, true, FLOAT32", // features are kept
        "2, false, FLOAT32", // the backbone is frozen
        "0, true, BFLOAT16",
        "2, true, BFLOAT16"
    })
    void onlyTrainingDrops(int frozen, boolean cached, Precision precision) throws IOException {
        TrainingResult[] results = new TrainingResult[2];
        for (int i = 0; i < 2; i++) {
            results[i] = fit(Toy.trainer(HEADS)
                    .optLearningRate(1e-12)
                    .optFreezeEpochs(frozen)
                    .optFeatureCache(cached)
                    .optPrecision(precision)
                    .addHeadOptions("tags", HeadOptions.standard().hiddenUnits(16))
                    .optDropout(0.5 * i));
        }
        assertThat(training(results[1])).isNotCloseTo(training(results[0]), within(1e-3));
        if (frozen > 0) { // else running statistics are rounded otherwise
            assertThat(validation(results[1])).isCloseTo(validation(results[0]), within(1e-6));
        } else {
            assertThat(validation(results[1])).isCloseTo(validation(results[0]), within(1e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT32", "BFLOAT16"})
    void keptFeaturesGiveTheNumbersOfImagesThatAreSeenAnew(Precision precision) throws IOException {
        TrainingResult[] results = new TrainingResult[2];
        for (int i = 0; i < 2; i++) {
            results[i] = fit(Toy.trainer(HEADS)
                    .optEpochs(3)
                    .optFreezeEpochs(3)
                    .optFeatureCache(i == 1)
                    .optPrecision(precision)
                    .addHeadOptions("shape", HeadOptions.standard().hiddenUnits(16))
                    .optDropout(0.3));
        }
        assertThat(training(results[1])).isCloseTo(training(results[0]), within(1e-5));
        assertThat(validation(results[1])).isCloseTo(validation(results[0]), within(1e-5));
        assertThat(training(results[1]))
                .isLessThan(results[1].history().get(0).training().loss());
    }

    @Test
    void theSeedDecidesWhatIsDropped() throws IOException {
        double[] losses = new double[3];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = training(fit(Toy.trainer(HEADS).optDropout(0.5).optSeed(i / 2)));
        }
        assertThat(losses[1]).isEqualTo(losses[0]);
        assertThat(losses[2]).isNotEqualTo(losses[0]);
    }

    @Test
    void whatIsTrainedPredictsTheSameAfterItIsSaved(@TempDir Path folder) throws Exception {
        try (MultiLabelTrainer trainer = hidden(16).optDropout(0.2).build()) {
            trainer.fit(train, validation);
            double accuracy = trainer.evaluate(validation).loss();
            trainer.model().save(folder.resolve("model"));
            try (MultiLabelModel loaded = MultiLabelModel.load(folder.resolve("model"))) {
                assertThat(Evaluator.evaluate(loaded, validation).loss()).isCloseTo(accuracy, within(1e-6));
            }
        }
    }

    /** Each head's hidden layer is its own: with a frozen backbone nothing is shared, and GradNorm has no say. */
    @Test
    void gradNormLooksAtTheBackboneNotAtHiddenLayers() throws IOException {
        for (int frozen : List.of(2, 0)) {
            double[] losses = new double[2];
            for (int i = 0; i < 2; i++) {
                losses[i] = training(fit(hidden(16)
                        .optDropout(0.2)
                        .optFreezeEpochs(frozen)
                        .optLossBalancing(i == 0 ? LossBalancing.fixed() : LossBalancing.gradNorm(1.5, 0.2))));
            }
            assertThat(losses[1]).isFinite();
            if (frozen > 0) {
                assertThat(losses[1]).isEqualTo(losses[0]);
            } else {
                assertThat(losses[1]).isNotEqualTo(losses[0]);
            }
        }
    }
}
