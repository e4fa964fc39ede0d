package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.event.TrainingListener;
import io.github.multilabel.training.mix.BatchMix;
import io.github.multilabel.training.report.CsvLog;
import io.github.multilabel.training.report.TensorBoardLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLifeTest {

    private static int arrays(MultiLabelTrainer trainer) {
        return trainer.model().manager().getManagedArrays().size();
    }

    /** All arrays of the process. */
    private static int arraysOfTheProcess() {
        try (NDManager any = NDManager.newBaseManager()) {
            return any.getParentManager().getManagedArrays().size();
        }
    }

    @Test
    void memoryAfterTwoHundredStepsIsThatAfterFifty() throws IOException {
        List<Integer> counts = new ArrayList<>();
        try (ImageDataset train = Toy.data(HeadSet.of(Toy.SHAPE, Toy.COLOUR, Toy.TAGS), 100, 4);
                MultiLabelTrainer trainer = Toy.trainer(train.heads())
                        .optEpochs(8)
                        .addListener(TrainingListener.onEpoch(report -> counts.add(arraysOfTheProcess())))
                        .build()) {
            int before = arrays(trainer);
            trainer.fit(train);
            assertThat(counts.get(1)).isGreaterThan(before);
            assertThat(counts.get(7)).as("after 200 steps").isEqualTo(counts.get(1));
            assertThat(arrays(trainer)).isEqualTo(before);
            trainer.evaluate(train);
            assertThat(arrays(trainer)).isEqualTo(before);
        }
    }

    @Test
    void memoryIsFlatWithEverythingOn(@TempDir Path folder) throws IOException {
        List<Integer> counts = new ArrayList<>();
        HeadSet heads = HeadSet.of(Toy.SHAPE, Toy.COLOUR, Toy.TAGS);
        try (ImageDataset train = Toy.data(heads, 100, 4);
                ImageDataset validation = Toy.data(heads, 20, 8);
                MultiLabelTrainer trainer = Toy.trainer(heads)
                        .optEpochs(9)
                        .optFreezeEpochs(1)
                        .optEmaDecay(0.9)
                        .optLossBalancing(LossBalancing.gradNorm())
                        .optBatchMix(BatchMix.either(BatchMix.mixUp(0.2), BatchMix.cutMix(1)))
                        .optCheckpoints(CheckpointOptions.in(folder.resolve("checkpoints"))
                                .everySteps(10))
                        .addListener(new CsvLog(folder))
                        .addListener(new TensorBoardLog(folder.resolve("tensorboard")))
                        .addListener(TrainingListener.onEpoch(report -> counts.add(arraysOfTheProcess())))
                        .build()) {
            int before = arraysOfTheProcess();
            trainer.fit(train, validation);
            assertThat(counts.get(8)).as("after 225 steps, as after 75").isEqualTo(counts.get(2));
            assertThat(arraysOfTheProcess()).isEqualTo(before);
        }
    }

    @Test
    void trainersThatWereClosedLeaveNothing() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 8, 4)) {
            int before = arraysOfTheProcess();
            for (int i = 0; i < 5; i++) {
                try (MultiLabelTrainer trainer =
                        Toy.trainer(Toy.HEADS).optEpochs(1).build()) {
                    trainer.fit(train, train);
                }
            }
            assertThat(arraysOfTheProcess()).isEqualTo(before);
        }
    }

    @Test
    void anExceptionOfAListenerEndsTrainingAndLeavesEverythingUsable() throws IOException {
        RuntimeException enough = new RuntimeException("enough");
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .addListener(TrainingListener.onEpoch(report -> {
                            throw enough;
                        }))
                        .build()) {
            int before = arrays(trainer);
            assertThatThrownBy(() -> trainer.fit(train, train)).isSameAs(enough);
            assertThat(arrays(trainer)).isEqualTo(before);
            assertThat(trainer.evaluate(train).samples()).isEqualTo(16);
        }
    }

    @Test
    void twoTrainersInTwoThreadsTakeTurnsAndGiveTheNumbersOfOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (ImageDataset train = Toy.data(Toy.HEADS, 64, 8)) {
            List<Future<Double>> together = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                together.add(threads.submit(() -> lossAfterTraining(train)));
            }
            double alone = lossAfterTraining(train);
            for (Future<Double> loss : together) {
                assertThat(loss.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static final Object BUILDING = new Object();

    private static double lossAfterTraining(ImageDataset train) throws IOException {
        MultiLabelTrainer built;
        synchronized (BUILDING) { // PyTorch's random generator is one for the process
            built = Toy.trainer(Toy.HEADS).build();
        }
        try (MultiLabelTrainer trainer = built) {
            return trainer.fit(train, train).last().validation().orElseThrow().loss();
        }
    }

    @Test
    void oneTrainerServesOneThreadAndNotItsListeners() throws IOException {
        List<MultiLabelTrainer> self = new ArrayList<>();
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .addListener(TrainingListener.onEpoch(report -> {
                            try {
                                self.get(0).evaluate(train);
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        }))
                        .build()) {
            self.add(trainer);
            assertThatIllegalStateException()
                    .isThrownBy(() -> trainer.fit(train))
                    .withMessageContaining("a listener cannot train or evaluate");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> self.get(0).evaluate(null))
                .withMessageContaining("closed");
    }

    @Test
    void aFrozenBackboneKeepsEveryBit() throws IOException {
        List<Map<String, float[]>> afterEpoch = new ArrayList<>();
        List<MultiLabelTrainer> self = new ArrayList<>();
        try (ImageDataset train = Toy.data(Toy.HEADS, 32, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .optEpochs(2)
                        .optFreezeEpochs(1)
                        .addListener(TrainingListener.onEpoch(report -> afterEpoch.add(Toy.weights(self.get(0)))))
                        .build()) {
            self.add(trainer);
            Map<String, float[]> before = Toy.weights(trainer);
            trainer.fit(train);
            before.forEach((name, value) -> {
                if (name.startsWith("backbone.")) {
                    assertThat(afterEpoch.get(0).get(name)).as(name).isEqualTo(value);
                    assertThat(afterEpoch.get(1).get(name)).as(name).isNotEqualTo(value);
                } else {
                    assertThat(afterEpoch.get(0).get(name)).as(name).isNotEqualTo(value);
                }
            });
        }
    }

    @Test
    void whatTheUserFrozeStaysFrozenAndAModelFrozenWhollyIsRefused() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).build()) {
            trainer.model()
                    .block()
                    .freezeParameters(true, parameter -> parameter.getName().startsWith("conv1"));
            Map<String, float[]> before = Toy.weights(trainer);
            trainer.fit(train);
            assertThat(Toy.weights(trainer).get("backbone.conv1.weight"))
                    .isEqualTo(before.get("backbone.conv1.weight"));
            assertThat(Toy.weights(trainer).get("backbone.conv2.weight"))
                    .isNotEqualTo(before.get("backbone.conv2.weight"));
            trainer.model().block().freezeParameters(true);
            assertThatIllegalStateException()
                    .isThrownBy(() -> trainer.fit(train))
                    .withMessageContaining("every parameter of the model is frozen");
        }
    }
}
