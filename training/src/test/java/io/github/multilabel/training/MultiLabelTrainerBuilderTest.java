package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.training.schedule.Phase;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
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
                        "addHeadOptions(\"color\", ...): lossWeight 1.0: no head 'color'",
                        "did you mean 'colour'?",
                        "addHeadOptions(\"colour\", ...): lossWeight -1.0",
                        "addHeadOptions(\"colour\", ...): classWeights: head 'colour': 'rad' is not one of",
                        "addHeadOptions(\"tags\", ...): classWeights: head 'tags' is MULTI_LABEL",
                        "head 'colour' has both classWeights and a loss of its own",
                        "addHeadOptions(\"shape\", ...): loss: no head 'shape'",
                        "addHeadOptions(\"tags\", ...): loss: head 'tags' is MULTI_LABEL: ordinal loss with distance 1.0 is for SINGLE_LABEL heads",
                        "optLabelSmoothing: label smoothing 1.0 is outside [0, 1)",
                        "head 'colour' has both labelSmoothing and a loss",
                        "addHeadOptions(\"tags\", ...): labelSmoothing 0.1: head 'tags' is MULTI_LABEL");
    }

    @Test
    void aHeadHasItsOptionsOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(Toy.HEADS)
                        .addHeadOptions("shape", HeadOptions.standard().lossWeight(2))
                        .addHeadOptions("shape", HeadOptions.standard().dropout(0.5))
                        .build())
                .withMessageContaining(
                        "addHeadOptions(\"shape\", ...): the head has options already; put all of them into"
                                + " one HeadOptions");
    }

    @Test
    void aHeadWithoutOptionsIsOneProblem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Toy.trainer(Toy.HEADS).addHeadOptions("colour", null).build())
                .withMessage("cannot build MultiLabelTrainer:\n- addHeadOptions(\"colour\", null): pass"
                        + " HeadOptions.standard(), or leave the call out");
    }

    @Test
    void headsThatAreAllAuxiliaryAreOneProblem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(Toy.HEADS)
                        .addHeadOptions("shape", HeadOptions.standard().auxiliary())
                        .addHeadOptions("colour", HeadOptions.standard().auxiliary())
                        .build())
                .withMessageContaining("is auxiliary; at least one main head is needed")
                .withMessageNotContaining("optMonitor");
    }

    @Test
    void aPredictorHasTheWeightsOfNowAndNoAuxiliaryHead() throws IOException {
        try (ImageDataset data = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer = MultiLabelTrainer.builder(Toy.HEADS, Toy.backbone())
                        .addHeadOptions("colour", HeadOptions.standard().auxiliary())
                        .optLearningRate(0.1)
                        .optEpochs(1)
                        .optProgress(false)
                        .build();
                MultiLabelPredictor before = trainer.predictor()) {
            BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
            double first = before.predict(grey).head("shape").probability("disc");
            trainer.fit(data);
            try (MultiLabelPredictor after = trainer.predictor()) {
                assertThat(after.predict(grey).heads()).hasSize(1);
                assertThat(after.predict(grey).head("shape").probability("disc"))
                        .isNotEqualTo(first);
            }
            assertThat(before.predict(grey).head("shape").probability("disc")).isEqualTo(first);
        }
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
                .withMessageContaining("optDevice(gpu(99)): PyTorch sees");
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
                        .optBatchMix(null)
                        .optCropMode(null)
                        .optPreprocessing(null)
                        .optDevice(null)
                        .optMonitor((Monitor) null)
                        .optCheckpoints((CheckpointOptions) null)
                        .optProgressiveResizing((int[]) null)
                        .addHeadOptions("tags", null)
                        .addPhase(null)
                        .addPhase(Phase.all(2).withSchedule(null))
                        .addPhase(Phase.from(null, 2))
                        .addListener(null)
                        .build())
                .withMessageContainingAll(
                        "optOptimizer(null)",
                        "optSchedule(null)",
                        "optPrecision(null)",
                        "addHeadOptions(\"colour\", ...): classWeights null",
                        "addHeadOptions(\"shape\", ...): loss null",
                        "optBatchMix(null): leave the option out for the default",
                        "optCropMode(null)",
                        "optPreprocessing(null)",
                        "optDevice(null)",
                        "optMonitor(null)",
                        "optCheckpoints(null)",
                        "optProgressiveResizing(null)",
                        "addHeadOptions(\"tags\", null): pass HeadOptions.standard(), or leave the call out",
                        "addPhase(null)",
                        "phase 2: withSchedule(null)",
                        "Phase.from(null)",
                        "addListener(null)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(Toy.HEADS)
                        .optMonitor((String) null)
                        .optCheckpoints((Path) null)
                        .build())
                .withMessageContainingAll("optMonitor(null)", "optCheckpoints(null)");
    }

    @Test
    void theModelKnowsHowImagesBecomeSquareAndWhetherMirrorImagesCount() throws IOException {
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
    void theInputTakesTheShapeOfTheImagesWithAsManyPixels() throws IOException {
        try (MultiLabelTrainer own = Toy.trainer(Toy.HEADS).optImageSize(24, 40).build();
                MultiLabelTrainer shaped = Toy.trainer(Toy.HEADS)
                        .optImageSize(224)
                        .optAspectRatio(1.48)
                        .build()) {
            assertThat(own.model().preprocessing().size()).isEqualTo(new ImageSize(24, 40));
            assertThat(shaped.model().preprocessing().size()).isEqualTo(new ImageSize(184, 272));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(Toy.HEADS)
                        .optImageSize(24, 5000)
                        .optAspectRatio(0)
                        .build())
                .withMessageContainingAll(
                        "optImageSize: image size 24x5000 is outside [1, 4096]", "optAspectRatio: aspect ratio 0.0");
    }

    @Test
    void theModelIsThereBeforeTraining() throws IOException {
        try (MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                .optImageSize(24)
                .optPrecision(Precision.AUTO)
                .build()) {
            assertThat(trainer.model().heads()).isEqualTo(Toy.HEADS);
            assertThat(trainer.model().preprocessing().size()).hasToString("24");
        }
    }
}
