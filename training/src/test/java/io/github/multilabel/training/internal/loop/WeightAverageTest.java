package io.github.multilabel.training.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.training.Monitor;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.Toy;
import io.github.multilabel.training.event.TrainingListener;
import io.github.multilabel.training.event.TrainingResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WeightAverageTest {

    private static NDArray bias(MultiHeadBlock block) {
        return block.parametersByName().get("heads.bias").getArray();
    }

    @Test
    void theAverageFollowsTheWeightsAndRunningStatisticsWithItsWarmUp() {
        try (NoGradients off = NoGradients.onThisThread(); // the engine may have begun on another one
                NDManager manager = NDManager.newBaseManager();
                MultiHeadBlock block = new MultiHeadBlock(Toy.backbone().newBlock(), Toy.HEADS)) {
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 16, 16));
            NDArray mean =
                    block.parametersByName().get("backbone.bn1.running_mean").getArray();
            int before = manager.getManagedArrays().size();
            try (WeightAverage average = new WeightAverage(manager, block, OptionalDouble.of(0.15))) {
                average.begin();
                double expected = bias(block).getFloat(0);
                double expectedMean = mean.getFloat(0);
                for (int t = 0; t < 5; t++) {
                    bias(block).addi(1);
                    mean.addi(2);
                    average.step();
                    double kept = Math.min(0.15, (1.0 + t) / (10 + t)); // 0.1, then 0.15
                    expected = kept * expected + (1 - kept) * bias(block).getFloat(0);
                    expectedMean = kept * expectedMean + (1 - kept) * mean.getFloat(0);
                }
                float trained = bias(block).getFloat(0);
                average.show();
                assertThat((double) bias(block).getFloat(0)).isCloseTo(expected, within(1e-5));
                assertThat((double) mean.getFloat(0)).isCloseTo(expectedMean, within(1e-5));
                average.show();
                average.hide();
                assertThat(bias(block).getFloat(0)).isEqualTo(trained);
            }
            assertThat(manager.getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void theAverageIsWhatIsJudgedHeardAndKept() throws IOException {
        List<MultiLabelTrainer> self = new ArrayList<>();
        List<float[]> heard = new ArrayList<>();
        try (ImageDataset train = Toy.data(Toy.HEADS, 48, 8);
                MultiLabelTrainer plain = Toy.trainer(Toy.HEADS).build();
                MultiLabelTrainer averaging = Toy.trainer(Toy.HEADS)
                        .optEmaDecay(0.9)
                        .optMonitor(Monitor.of("mean_accuracy").keepLastWeights())
                        .addListener(TrainingListener.onEpoch(report ->
                                heard.add(bias(self.get(0).model().block()).toFloatArray())))
                        .build()) {
            self.add(averaging);
            TrainingResult trained = plain.fit(train, train);
            TrainingResult averaged = averaging.fit(train, train);
            for (int epoch = 0; epoch < 2; epoch++) {
                assertThat(averaged.history().get(epoch).training().loss())
                        .as("the average does not change what is learned")
                        .isEqualTo(trained.history().get(epoch).training().loss());
                assertThat(averaged.history()
                                .get(epoch)
                                .validation()
                                .orElseThrow()
                                .loss())
                        .isNotEqualTo(trained.history()
                                .get(epoch)
                                .validation()
                                .orElseThrow()
                                .loss());
            }
            assertThat(averaging.evaluate(train).loss())
                    .isEqualTo(averaged.last().validation().orElseThrow().loss());
            assertThat(bias(averaging.model().block()).toFloatArray()).isEqualTo(heard.get(1));
        }
    }
}
