package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.event.TrainingResult;
import io.github.multilabel.training.mix.BatchMix;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BalancedTrainingTest {

    static Stream<LossBalancing> balances() {
        return Stream.of(LossBalancing.uncertainty(), LossBalancing.dynamicAverage(), LossBalancing.gradNorm());
    }

    /** The head colour is labelled in the first images only, so that batches are without it. */
    private static ImageDataset data(HeadSet heads) throws IOException {
        return Toy.data(heads, 24, 4, (index, colour, shape) -> {
            Labels.Builder labels = Labels.builder(heads).setIndex("shape", shape);
            return index < 3 && heads.names().contains("colour")
                    ? labels.setIndex("colour", colour).build()
                    : labels.build();
        });
    }

    private static TrainingResult train(HeadSet heads, MultiLabelTrainerBuilder builder) throws IOException {
        try (ImageDataset data = data(heads);
                MultiLabelTrainer trainer = builder.optEpochs(4).build()) {
            return trainer.fit(data, data);
        }
    }

    @ParameterizedTest
    @MethodSource("balances")
    void missingLabelsAndAFrozenPhaseAreNoHindrance(LossBalancing balance) throws IOException {
        TrainingResult balanced = train(
                Toy.HEADS, Toy.trainer(Toy.HEADS).optLossBalancing(balance).optFreezeEpochs(1));
        TrainingResult plain = train(Toy.HEADS, Toy.trainer(Toy.HEADS).optFreezeEpochs(1));
        for (HeadMetrics head : balanced.last().training().heads()) {
            assertThat(head.loss()).isFinite();
        }
        assertThat(balanced.last().skippedBatches()).isZero();
        assertThat(balanced.last().training().loss())
                .as("something is weighed otherwise, what is reported is of the same size")
                .isNotEqualTo(plain.last().training().loss())
                .isBetween(0.0, 5.0);
    }

    @ParameterizedTest
    @MethodSource("balances")
    void theSameSeedGivesTheSameNumbers(LossBalancing balance) throws IOException {
        HeadSet one = HeadSet.of(Toy.SHAPE);
        MultiLabelTrainerBuilder[] builders = {
            Toy.trainer(one)
                    .optLossBalancing(balance)
                    .optBatchMix(BatchMix.either(BatchMix.mixUp(0.4), BatchMix.cutMix(1))),
            Toy.trainer(one)
                    .optLossBalancing(balance)
                    .optBatchMix(BatchMix.either(BatchMix.mixUp(0.4), BatchMix.cutMix(1)))
        };
        assertThat(train(one, builders[0]).last().training().loss())
                .isEqualTo(train(one, builders[1]).last().training().loss());
    }

    @Test
    void blendedImagesTeachToo() throws IOException {
        TrainingResult mixed = train(Toy.HEADS, Toy.trainer(Toy.HEADS).optBatchMix(BatchMix.cutMix(1)));
        TrainingResult plain = train(Toy.HEADS, Toy.trainer(Toy.HEADS));
        assertThat(mixed.last().training().loss())
                .isNotEqualTo(plain.last().training().loss());
        assertThat(mixed.last().validation().orElseThrow().loss())
                .isLessThan(mixed.history().get(0).validation().orElseThrow().loss());
    }
}
