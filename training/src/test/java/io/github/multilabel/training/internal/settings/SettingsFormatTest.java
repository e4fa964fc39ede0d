package io.github.multilabel.training.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.mix.BatchMix;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import io.github.multilabel.training.schedule.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/**
 * The texts by which a checkpoint knows its settings stay as they are: with another one, no training could be gone on
 * with. The sample was written by commit c833c6e; what is new gets a line of its own.
 */
class SettingsFormatTest {

    private static final Path SAMPLE = Path.of("src/test/resources/formats/settings.txt");

    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        List.of(
                        Optimizers.sgd(),
                        Optimizers.nesterov(),
                        Optimizers.adam(),
                        Optimizers.adamW(),
                        Optimizers.lion(),
                        Optimizers.lamb())
                .forEach(optimizer -> texts.add("optimizer: " + optimizer));
        List.of(
                        Losses.crossEntropy(),
                        Losses.crossEntropy(0.1),
                        Losses.binaryCrossEntropy(),
                        Losses.focal(2),
                        Losses.focal(0.25, 2),
                        Losses.asymmetric(),
                        Losses.ordinal())
                .forEach(loss -> texts.add("loss: " + loss.describe()));
        List.of(
                        ClassWeights.of(Map.of("bar", 2.0)),
                        ClassWeights.balanced(),
                        ClassWeights.effectiveNumber(0.99),
                        ClassWeights.positive(20))
                .forEach(weights -> texts.add("class weights: " + weights));
        List.of(
                        LossBalancing.fixed(),
                        LossBalancing.uncertainty(),
                        LossBalancing.dynamicAverage(),
                        LossBalancing.gradNorm())
                .forEach(balance -> texts.add("balance: " + balance.describe()));
        List.of(BatchMix.mixUp(0.2), BatchMix.cutMix(1), BatchMix.either(BatchMix.mixUp(0.2), BatchMix.cutMix(1)))
                .forEach(mix -> texts.add("mix: " + mix.describe()));
        HeadLayers linear = HeadLayers.linear();
        List.of(linear, linear.withHidden(256), linear.withHidden(256).withDropout(0.2), linear.withDropout(0.5))
                .forEach(layers -> texts.add("head layers: " + layers));
        List.of(
                        Phase.heads(1),
                        Phase.from("layer3", 2).withLearningRate(0.01),
                        Phase.all(3).withBackboneLearningRateFactor(0.5).withProgressiveResizing(64, 96))
                .forEach(phase -> texts.add("phase: " + OptimisationSettings.text(phase)));
        List.of(
                        Preprocessing.imageNet(224),
                        new Preprocessing(
                                64,
                                1,
                                CropMode.SQUASH,
                                Interpolation.BICUBIC,
                                List.of(0., 0.5, 1.),
                                List.of(1., 2., 3.)))
                .forEach(preprocessing -> texts.add("preprocessing: " + ModelSettings.text(preprocessing)));
        List.of(OptionalDouble.empty(), OptionalDouble.of(0.999))
                .forEach(decay -> texts.add("average decay: " + OptimisationSettings.text(decay)));
        List.of(Precision.FLOAT32, Precision.BFLOAT16, Precision.FLOAT16, Precision.AUTO)
                .forEach(precision -> texts.add("precision: " + OptimisationSettings.text(precision)));
        List.of(
                        LearningRateSchedule.constant(),
                        LearningRateSchedule.step(0.1, 30, 60),
                        LearningRateSchedule.linear(),
                        LearningRateSchedule.polynomial(0.9),
                        LearningRateSchedule.cosine(0.05),
                        LearningRateSchedule.oneCycle())
                .forEach(schedule -> texts.add("schedule: " + schedule.describe()));
        return texts;
    }

    @Test
    void theTextsOfSettingsStay() throws IOException {
        assertThat(texts()).isEqualTo(Files.readAllLines(SAMPLE));
    }

    @Test
    void everyPrecisionIsRead() {
        for (Precision precision : Precision.values()) {
            assertThat(OptimisationSettings.precision(OptimisationSettings.text(precision)))
                    .isEqualTo(precision);
        }
    }
}
