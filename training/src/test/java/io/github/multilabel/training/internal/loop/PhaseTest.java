package io.github.multilabel.training.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import io.github.multilabel.training.Toy;
import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.event.TrainingListener;
import io.github.multilabel.training.event.TrainingResult;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import io.github.multilabel.training.schedule.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class PhaseTest {

    /** The three stages of the toy have one convolution each. */
    private static Backbone staged() {
        return Backbones.of(
                Network.builder("staged")
                        .stage("one")
                        .conv("conv1", 8, 3, 1)
                        .norm("bn1")
                        .relu("relu1")
                        .stage("two")
                        .conv("conv2", 16, 3, 2)
                        .norm("bn2")
                        .relu("relu2")
                        .stage("three")
                        .conv("conv3", 24, 3, 2)
                        .norm("bn3")
                        .relu("relu3")
                        .stage("pool")
                        .globalAveragePool("pool")
                        .build(),
                Preprocessing.imageNet(16).squashed());
    }

    private static MultiLabelTrainerBuilder trainer() {
        return MultiLabelTrainer.builder()
                .setHeads(Toy.HEADS)
                .setBackbone(staged())
                .optLearningRate(0.02)
                .optProgress(false);
    }

    /** The names whose values differ, each without what follows its layer's name. */
    private static Set<String> changed(Map<String, float[]> before, Map<String, float[]> after) {
        Set<String> changed = new TreeSet<>();
        before.forEach((name, value) -> {
            if (!Arrays.equals(value, after.get(name))) {
                changed.add(name.substring(0, name.lastIndexOf('.')));
            }
        });
        return changed;
    }

    @Test
    void eachPhaseTrainsItsPartAndNothingElse() throws IOException {
        List<Map<String, float[]>> values = new ArrayList<>();
        List<MultiLabelTrainer> self = new ArrayList<>();
        try (ImageDataset train = Toy.data(Toy.HEADS, 32, 8);
                MultiLabelTrainer trainer = trainer()
                        .addPhase(Phase.heads(1))
                        .addPhase(Phase.from("two", 1))
                        .addPhase(Phase.all(1))
                        .addPhase(Phase.heads(1))
                        .addListener(TrainingListener.onEpoch(report -> values.add(Toy.weights(self.get(0)))))
                        .build()) {
            self.add(trainer);
            values.add(Toy.weights(trainer));
            trainer.fit(train);
        }
        assertThat(changed(values.get(0), values.get(1))).containsExactly("heads");
        assertThat(changed(values.get(1), values.get(2)))
                .containsExactly("backbone.bn2", "backbone.bn3", "backbone.conv2", "backbone.conv3", "heads");
        assertThat(changed(values.get(2), values.get(3)))
                .contains("backbone.bn1", "backbone.conv1", "backbone.conv3", "heads");
        assertThat(changed(values.get(3), values.get(4))).containsExactly("heads");
    }

    @Test
    void theScheduleRunsAnewInEachPhase() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer = trainer()
                        .optSchedule((epoch, epochs) -> 1 - Math.floor(epoch) / epochs)
                        .addPhase(Phase.heads(2))
                        .addPhase(Phase.all(4).withLearningRate(0.01))
                        .addPhase(Phase.all(1).withSchedule(LearningRateSchedule.constant()))
                        .build()) {
            List<EpochReport> history = trainer.fit(train, train).history();
            assertThat(history.stream().map(EpochReport::learningRate))
                    .containsExactly(0.02, 0.01, 0.01, 0.0075, 0.005, 0.0025, 0.02);
            assertThat(history.stream().map(EpochReport::epoch)).containsExactly(1, 2, 3, 4, 5, 6, 7);
        }
    }

    @Test
    void trainingImagesGrowAndEvaluationAndTheModelKeepTheirSize() throws IOException {
        Map<Integer, Integer> seen = new ConcurrentHashMap<>();
        Augmentation watching = draw -> {
            seen.merge(draw.target().size().height(), 1, Integer::sum);
            return draw.target().apply(draw.photo().pixels());
        };
        try (ImageDataset drawn = Toy.data(Toy.HEADS, 16, 8);
                ImageDataset train = ImageDataset.builder()
                        .setHeads(Toy.HEADS)
                        .addSamples(drawn.samples())
                        .optBatchSize(8)
                        .optAugmentation(watching)
                        .build();
                MultiLabelTrainer trainer =
                        trainer().optEpochs(4).optProgressiveResizing(8, 12).build()) {
            double loss = trainer.evaluate(drawn).loss();
            TrainingResult result = trainer.fit(train, drawn);
            assertThat(seen).isEqualTo(Map.of(8, 32, 12, 32));
            assertThat(result.last().validation().orElseThrow().loss()).isNotEqualTo(loss);
            assertThat(trainer.evaluate(drawn).loss())
                    .isEqualTo(result.best().validation().orElseThrow().loss());
            assertThat(trainer.model().preprocessing().size()).hasToString("16");
        }
    }

    @Test
    void stagesLearnAtRatesOfTheirOwn() throws IOException {
        // one step of plain descent moves each parameter by its rate times its gradient
        Map<String, float[]> uniform = steps(trainer());
        Map<String, float[]> decayed =
                steps(trainer().optBackboneLearningRateFactor(0.5).optLayerDecay(0.1));
        Map<String, Double> factors = Map.of(
                "backbone.conv1.weight", 0.005,
                "backbone.bn2.bias", 0.05,
                "backbone.conv3.weight", 0.5,
                "heads.weight", 1.0);
        factors.forEach((name, factor) -> {
            float[] expected = uniform.get(name);
            float[] moved = decayed.get(name);
            for (int i = 0; i < moved.length; i++) {
                assertThat((double) moved[i]).as(name).isCloseTo(expected[i] * factor, within(1e-6));
            }
        });
    }

    private static Map<String, float[]> steps(MultiLabelTrainerBuilder builder) throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 16);
                MultiLabelTrainer trainer = builder.optEpochs(1)
                        .optOptimizer(Optimizers.sgd(0, 0))
                        .optSchedule(LearningRateSchedule.constant())
                        .build()) {
            Map<String, float[]> before = Toy.weights(trainer);
            trainer.fit(train);
            Map<String, float[]> moved = Toy.weights(trainer);
            moved.replaceAll((name, value) -> {
                for (int i = 0; i < value.length; i++) {
                    value[i] -= before.get(name)[i];
                }
                return value;
            });
            return moved;
        }
    }

    @Test
    void theSameSeedGivesTheSameNumbersThroughAllPhases() throws IOException {
        List<Map<String, float[]>> runs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (ImageDataset train = Toy.data(Toy.HEADS, 32, 8);
                    MultiLabelTrainer trainer = trainer()
                            .addPhase(Phase.heads(1))
                            .addPhase(Phase.all(2).withProgressiveResizing(8, 16))
                            .build()) {
                trainer.fit(train, train);
                runs.add(Toy.weights(trainer));
            }
        }
        assertThat(changed(runs.get(0), runs.get(1))).isEmpty();
    }

    @Test
    void gradientsAreThoseOfThePhaseAndNotTheModels() {
        try (NDManager manager = NDManager.newBaseManager();
                MultiHeadBlock block = new MultiHeadBlock(staged().newBlock(), Toy.HEADS)) {
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 16, 16));
            try (NDManager phase = manager.newSubManager()) {
                TrainableParameters arrays = new TrainableParameters(phase, block);
                try (NDManager step = phase.newSubManager();
                        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                    NDArray image = step.randomUniform(0, 1, new Shape(4, 3, 16, 16));
                    NDList logits = block.forward(arrays, new NDList(image), true);
                    gradients.backward(logits.head().pow(2).sum());
                }
                NDArray trained = arrays.byName().get("backbone.conv1.weight");
                NDArray own =
                        block.parametersByName().get("backbone.conv1.weight").getArray();
                assertThat(trained.getGradient().abs().sum().getFloat()).isPositive();
                assertThat(own.getGradient().abs().sum().getFloat()).isZero();
                trained.addi(1); // the memory is shared
                assertThat(own.toFloatArray()).isEqualTo(trained.toFloatArray());
            }
        }
    }

    @Test
    void fineTuningIsOneEpochOfTheHeadsThenAllAtAThirdOfTheirRate() throws IOException {
        List<Map<String, float[]>> values = new ArrayList<>();
        List<MultiLabelTrainer> self = new ArrayList<>();
        try (ImageDataset train = Toy.data(Toy.HEADS, 32, 8);
                MultiLabelTrainer trainer = MultiLabelTrainer.builder()
                        .setHeads(Toy.HEADS)
                        .setBackbone(staged())
                        .optProgress(false)
                        .optFineTuning(3)
                        .optSchedule(LearningRateSchedule.constant())
                        .addListener(TrainingListener.onEpoch(report -> values.add(Toy.weights(self.get(0)))))
                        .build()) {
            self.add(trainer);
            values.add(Toy.weights(trainer));
            List<EpochReport> history = trainer.fit(train, train).history();
            assertThat(history.stream().map(EpochReport::learningRate)).containsExactly(3e-3, 3e-3, 3e-3);
        }
        assertThat(changed(values.get(0), values.get(1))).containsExactly("heads");
        assertThat(changed(values.get(1), values.get(2))).contains("backbone.conv1", "backbone.bn3", "heads");
    }

    @Test
    void memoryIsFlatWithinEachPhaseAndGoneAfterTheTraining() throws IOException {
        List<Integer> counts = new ArrayList<>();
        try (ImageDataset train = Toy.data(Toy.HEADS, 64, 4);
                MultiLabelTrainer trainer = trainer()
                        .addPhase(Phase.heads(4))
                        .addPhase(Phase.from("three", 4).withProgressiveResizing(8, 8, 16, 16))
                        .addPhase(Phase.all(4))
                        .optGradientAccumulation(3)
                        .optEmaDecay(0.9)
                        .optBackboneLearningRateFactor(0.5)
                        .optLayerDecay(0.5)
                        .addListener(TrainingListener.onEpoch(report -> counts.add(arraysOfTheProcess())))
                        .build()) {
            int before = arraysOfTheProcess();
            trainer.fit(train, train);
            assertThat(arraysOfTheProcess()).isEqualTo(before);
        }
        for (int phase = 0; phase < 3; phase++) {
            assertThat(counts.subList(4 * phase + 2, 4 * phase + 4))
                    .as("phase %d", phase)
                    .containsOnly(counts.get(4 * phase + 1));
        }
    }

    private static int arraysOfTheProcess() {
        try (NDManager any = NDManager.newBaseManager()) {
            return any.getParentManager().getManagedArrays().size();
        }
    }

    @Test
    void aFreedBackboneOfWhichTheUserFrozeEverythingIsRefused() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer =
                        trainer().optEpochs(2).optFreezeEpochs(1).build()) {
            trainer.model().block().setBackboneFrozen(true);
            assertThatIllegalStateException()
                    .isThrownBy(() -> trainer.fit(train))
                    .withMessageContaining("the backbone shall learn")
                    .withMessageContaining("setBackboneFrozen(false)");
        }
    }

    @Test
    void afterTheTrainingWhatWasFreeIsFree() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer = trainer().addPhase(Phase.heads(1)).build()) {
            MultiHeadBlock block = trainer.model().block();
            block.freezeParameters(true, parameter -> parameter.getName().startsWith("conv1"));
            trainer.fit(train);
            block.parametersByName().forEach((name, parameter) -> assertThat(parameter.requiresGradient())
                    .as(name)
                    .isEqualTo(!name.contains("conv1") && !name.contains("running")));
        }
    }

    @Test
    void whatIsWrongWithPhasesIsSaidAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer()
                        .optEpochs(3)
                        .optBackboneLearningRateFactor(0)
                        .optLayerDecay(Double.NaN)
                        .addPhase(Phase.from("to", 2).withLearningRate(-1))
                        .addPhase(Phase.all(1).withProgressiveResizing(0, 64))
                        .addPhase(Phase.heads(0))
                        .addPhase(Phase.from("pool", 1))
                        .build())
                .withMessageContaining("optFineTuning, optEpochs and optFreezeEpochs exclude addPhase")
                .withMessageContaining("optBackboneLearningRateFactor(0.0): a finite number above 0")
                .withMessageContaining("optLayerDecay(NaN): a finite number above 0")
                .withMessageContaining("phase 1: withLearningRate(-1.0): a finite number above 0")
                .withMessageContaining("backbone 'staged' has no stage 'to' with parameters")
                .withMessageContaining("backbone 'staged' has no stage 'pool' with parameters")
                .withMessageContaining("phase 2: withProgressiveResizing: image size 0")
                .withMessageContaining("has more image sizes [0, 64] than epochs")
                .withMessageContaining("phase 3")
                .withMessageContaining("needs at least 1 epoch");
    }
}
