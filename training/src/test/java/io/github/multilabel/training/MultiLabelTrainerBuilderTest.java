package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.Losses;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultiLabelTrainerBuilderTest {

    @Test
    void whatIsMissingIsNamedTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MultiLabelTrainer.builder().build())
                .withMessage("cannot build MultiLabelTrainer:\n"
                        + "- setHeads is missing: pass train.heads()\n"
                        + "- setBackbone is missing: e.g. Backbones.resnet34()");
    }

    @Test
    void everythingWrongIsNamedTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(HeadSet.of(Toy.COLOUR, Toy.TAGS))
                        .optEpochs(0)
                        .optLearningRate(Double.NaN)
                        .optGradientClipNorm(0)
                        .optFreezeEpochs(-1)
                        .optNonFiniteLimit(0)
                        .optImageSize(0)
                        .addHeadOptions("color", HeadOptions.standard().lossWeight(1))
                        .addHeadOptions(
                                "colour",
                                HeadOptions.loss(Losses.crossEntropy()::loss)
                                        .lossWeight(-1)
                                        .classWeights(ClassWeights.of(Map.of("rad", 2.0)))
                                        .labelSmoothing(0.1))
                        .addHeadOptions(
                                "tags",
                                HeadOptions.loss(Losses.ordinal())
                                        .classWeights(ClassWeights.balanced())
                                        .labelSmoothing(0.1))
                        .addHeadOptions("shape", HeadOptions.loss(Losses.crossEntropy()::loss))
                        .optLabelSmoothing(1)
                        .build())
                .withMessageContainingAll(
                        "optEpochs(0): at least 1",
                        "optLearningRate(NaN): a finite number above 0",
                        "optGradientClipNorm(0.0)",
                        "optFreezeEpochs(-1)",
                        "optNonFiniteLimit(0): at least 1",
                        "optImageSize: image size 0",
                        "optHeadWeight: no head 'color'",
                        "did you mean 'colour'?",
                        "optHeadWeight(\"colour\", -1.0)",
                        "optClassWeights: head 'colour': 'rad' is not one of",
                        "optClassWeights: head 'tags' is MULTI_LABEL",
                        "head 'colour' has both optClassWeights and a loss of its own",
                        "optLoss: no head 'shape'",
                        "optLoss: head 'tags' is MULTI_LABEL: ordinal loss with distance 1.0 is for SINGLE_LABEL heads",
                        "optLabelSmoothing: label smoothing 1.0 is outside [0, 1)",
                        "head 'colour' has both optLabelSmoothing and optLoss",
                        "optLabelSmoothing: head 'tags' is MULTI_LABEL");
    }

    @Test
    void theModelLivesOnTheDeviceThatIsAskedFor() throws IOException {
        try (MultiLabelTrainer trainer =
                Toy.trainer(Toy.HEADS).optDevice(Device.cpu()).build()) {
            assertThat(trainer.model().manager().getDevice()).isEqualTo(Device.cpu());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Toy.trainer(Toy.HEADS).optDevice(Device.gpu(99)).build())
                .withMessageContaining("there is no device gpu(99): PyTorch sees");
    }

    @Test
    void nullsAreNamedAndNeverThrown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(Toy.HEADS)
                        .optOptimizer(null)
                        .optSchedule(null)
                        .optPrecision(null)
                        .addHeadOptions("colour", HeadOptions.standard().classWeights(null))
                        .addHeadOptions("shape", HeadOptions.loss(null))
                        .addListener(null)
                        .build())
                .withMessageContainingAll(
                        "optOptimizer(null)",
                        "optSchedule(null)",
                        "optPrecision(null)",
                        "optClassWeights: head 'colour' is given null",
                        "optLoss: head 'shape' is given null",
                        "addListener(null)");
    }

    @Test
    void theModelKnowsHowPicturesBecomeSquareAndWhetherMirrorImagesCount() throws IOException {
        Preprocessing cropping = Preprocessing.imageNet(16);
        try (MultiLabelTrainer plain =
                        Toy.trainer(Toy.HEADS).optPreprocessing(cropping).build();
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .optPreprocessing(cropping)
                        .optCropMode(CropMode.SQUASH)
                        .optTestTimeFlip(true)
                        .build();
                MultiLabelTrainer tuning = Toy.trainer(Toy.HEADS)
                        .optPreprocessing(cropping)
                        .optFineTuning(2)
                        .build()) {
            assertThat(plain.model().preprocessing()).isEqualTo(cropping);
            assertThat(plain.model().isTestTimeFlip()).isFalse();
            assertThat(trainer.model().preprocessing()).isEqualTo(cropping.squashed());
            assertThat(trainer.model().isTestTimeFlip()).isTrue();
            assertThat(tuning.model().preprocessing()).isEqualTo(cropping.squashed());
        }
    }

    @Test
    void theModelIsThereBeforeTraining() throws IOException {
        try (MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                .optImageSize(24)
                .optPrecision(Precision.AUTO)
                .build()) {
            assertThat(trainer.model().heads()).isEqualTo(Toy.HEADS);
            assertThat(trainer.model().preprocessing().size()).isEqualTo(24);
        }
    }
}
