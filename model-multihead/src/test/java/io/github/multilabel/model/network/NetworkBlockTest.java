package io.github.multilabel.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.multilabel.model.backbone.Backbones;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkBlockTest {

    private final NDManager manager = NDManager.newBaseManager();
    private final ParameterStore store = new ParameterStore(manager, false);
    private final Network network = Backbones.small().network().orElseThrow();
    private final NetworkBlock block = new NetworkBlock(network);

    @AfterEach
    void close() {
        block.close();
        manager.close();
    }

    private void initialise() {
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 32, 32));
    }

    private void step() {
        NDArray image = manager.randomNormal(new Shape(4, 3, 32, 32));
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            gradients.backward(block.forward(store, new NDList(image), true)
                    .singletonOrThrow()
                    .square()
                    .sum());
        }
    }

    private float[] values(String name) {
        return block.getDirectParameters().get(name).getArray().toFloatArray();
    }

    @Test
    void frozenStagesKeepTheirStatisticsAndTheOthersLearn() {
        initialise();
        block.setFrozenStages(List.of("stem", "layer1"));
        float[] frozen = values("layer1.0.bn2.running_mean");
        float[] learning = values("layer2.0.bn1.running_mean");
        step();
        assertThat(values("layer1.0.bn2.running_mean")).containsExactly(frozen);
        assertThat(values("layer2.0.bn1.running_mean")).isNotEqualTo(learning);
        assertThat(block.getDirectParameters().get("layer1.0.conv1.weight").requiresGradient())
                .isFalse();
        assertThat(block.getDirectParameters()
                        .get("layer2.0.conv1.weight")
                        .getArray()
                        .getGradient()
                        .norm()
                        .getFloat())
                .isPositive();

        block.setFrozenStages(List.of());
        step();
        assertThat(values("layer1.0.bn2.running_mean")).isNotEqualTo(frozen);
    }

    @Test
    void anUnknownStageIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> block.setFrozenStages(List.of("layer5")))
                .withMessageStartingWith("network 'small' has no stage 'layer5'; there are 6 names [stem, layer1,");
    }

    @Test
    void statisticsThatDjlUnfreezesAreNotTrained() {
        initialise();
        block.getDirectParameters().values().forEach(parameter -> parameter.freeze(false));
        step();
        assertThat(block.getDirectParameters().get("bn1.running_mean").requiresGradient())
                .isFalse();
        assertThat(values("bn1.running_mean")).isNotEqualTo(new float[16]);
    }

    @Test
    void batchesOfAnySizeAndImagesOfAnySizeCanFollowEachOther() {
        initialise();
        for (Shape shape : List.of(
                new Shape(2, 3, 32, 32), new Shape(7, 3, 32, 32), new Shape(1, 3, 64, 48), new Shape(3, 3, 1, 1))) {
            NDArray features =
                    block.forward(store, new NDList(manager.ones(shape)), false).singletonOrThrow();
            assertThat(features.getShape()).isEqualTo(new Shape(shape.get(0), 128));
            assertThat(block.getOutputShapes(new Shape[] {shape})).containsExactly(features.getShape());
        }
    }

    @Test
    void anImageInEitherMemoryLayoutGivesTheSame() {
        initialise();
        NDArray image = manager.randomNormal(new Shape(2, 3, 32, 32));
        NDArray channelsLast = image.transpose(0, 2, 3, 1).duplicate().transpose(0, 3, 1, 2);
        assertThat(block.forward(store, new NDList(channelsLast), false).singletonOrThrow())
                .isEqualTo(block.forward(store, new NDList(image), false).singletonOrThrow());
    }

    @Test
    void theImageIsLeftAsItIs() {
        initialise();
        NDArray image = manager.randomNormal(new Shape(2, 3, 32, 32));
        float[] before = image.toFloatArray();
        block.forward(store, new NDList(image), false);
        assertThat(image.toFloatArray()).containsExactly(before);
    }

    @Test
    void djlsOwnParameterFilesCarryTheWeights() throws IOException, MalformedModelException {
        initialise();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        block.saveParameters(new DataOutputStream(bytes));
        try (NetworkBlock loaded = new NetworkBlock(network)) {
            loaded.loadParameters(manager, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            assertThat(loaded.isInitialized()).isTrue();
            for (Parameter parameter : block.getDirectParameters().values()) {
                assertThat(loaded.getDirectParameters().get(parameter.getName()).getArray())
                        .as(parameter.getName())
                        .isEqualTo(parameter.getArray());
            }
        }
    }

    @Test
    void valuesThatWereSetBeforeSurviveInitialising() {
        NDArray mine = manager.ones(new Shape(16, 3, 3, 3));
        block.getDirectParameters().get("conv1.weight").setArray(mine);
        initialise();
        assertThat(values("conv1.weight")).containsOnly(1f);
    }
}
