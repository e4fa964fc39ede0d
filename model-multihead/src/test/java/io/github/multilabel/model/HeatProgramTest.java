package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import com.google.gson.JsonObject;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.model.internal.HeatGrid;
import io.github.multilabel.model.internal.HeatProgram;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.NetworkBuilder;
import io.github.multilabel.testsupport.Golden;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Grad-CAM equals PyTorch's, see golden/heat.py. */
class HeatProgramTest {

    private static final int SIDE = 16;
    private static final int CHANNELS = 8;
    private static final int LOGITS = 5;
    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("year", "10", "9", "2"), Head.multiLabel("brand", "Škoda", "Audi"));
    private static final Map<String, HeadLayers> LAYERS =
            Map.of("brand", HeadLayers.linear().withHidden(5).withDropout(0.25));

    static Network convolutional() {
        return Network.builder("convolutional")
                .stage("stem")
                .conv("conv", CHANNELS, 3, 2)
                .norm("norm")
                .relu("relu")
                .stage("pool")
                .globalAveragePool("pool")
                .layerNorm("after", 1e-6)
                .build();
    }

    static Network transformer() {
        NetworkBuilder net = Network.builder("transformer").stage("embedding");
        net.conv("patches", CHANNELS, 4, 4, 0, 1, true).tokens("token", "positions", 4);
        for (int i = 0; i < 2; i++) {
            String input = net.last();
            net.stage("block" + i).layerNorm("norm1." + i, 1e-6).linear("qkv." + i, 3 * CHANNELS, 0.02);
            net.attention("attention." + i, 2)
                    .linear("proj." + i, CHANNELS, 0.02)
                    .add("add1." + i, input);
            input = net.last();
            net.layerNorm("norm2." + i, 1e-6)
                    .linear("fc1." + i, 2 * CHANNELS, 0.02)
                    .gelu("act." + i);
            net.linear("fc2." + i, CHANNELS, 0.02).add("add2." + i, input);
        }
        return net.stage("head").firstToken("class").layerNorm("norm", 1e-6).build();
    }

    static List<Network> networks() {
        return List.of(convolutional(), transformer());
    }

    private static float[] numbers(long count, double shift) {
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.5 * Math.sin(0.7 * i + shift));
        }
        return values;
    }

    private static MultiLabelModel model(Network network) throws IOException {
        MultiLabelModel model = MultiLabelModel.create(
                Backbones.of(network, Preprocessing.imageNet(SIDE)),
                HEADS,
                LAYERS,
                Preprocessing.imageNet(SIDE),
                false,
                Device.cpu(),
                1);
        int shift = 0;
        for (Map.Entry<String, Parameter> named :
                model.block().parametersByName().entrySet()) {
            NDArray array = named.getValue().getArray();
            float[] values = numbers(array.size(), shift++);
            if (named.getKey().endsWith("running_var")) {
                IntStream.range(0, values.length).forEach(i -> values[i]++);
            }
            array.set(values);
        }
        return model;
    }

    private static double[] doubles(JsonObject golden, String name) {
        return golden.getAsJsonArray(name).asList().stream()
                .mapToDouble(number -> number.getAsDouble())
                .toArray();
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void mapsAndLogitsAreThoseOfPytorch(Network network) throws IOException {
        JsonObject golden = Golden.json("heat.json").getAsJsonObject(network.name());
        try (MultiLabelModel model = model(network);
                HeatProgram program = model.newHeat();
                NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            NDArray image = manager.create(numbers(2 * 3 * SIDE * SIDE, 0.5), new Shape(2, 3, SIDE, SIDE));

            NDArray placed = program.placed(manager, image);
            NDArray logits = program.heads().logits(manager, placed).get(0);
            NDArray others = program.heads().logits(manager, placed).get(1);

            assertThat(doubles(logits.concat(others, 1).toFloatArray()))
                    .containsExactly(doubles(golden, "logits"), within(1e-5));
            for (int category = 0; category < LOGITS; category++) {
                NDArray weights = manager.zeros(new Shape(2, LOGITS));
                weights.set(new NDIndex(":," + category), 1);
                assertThat(doubles(program.heat(manager, placed, weights).toFloatArray()))
                        .as("category %d", category)
                        .containsExactly(
                                golden.getAsJsonArray("heat").get(category).getAsJsonArray().asList().stream()
                                        .mapToDouble(number -> number.getAsDouble())
                                        .toArray(),
                                within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void neitherValuesNorGradientsNorWhatIsFrozenChange(Network network) throws IOException {
        try (MultiLabelModel model = model(network);
                NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            model.block().setBackboneFrozen(true);
            List<String> before = state(model);
            NDArray image = manager.ones(new Shape(1, 3, SIDE, SIDE));
            try (HeatProgram program = model.newHeat()) {
                var unused = program.heat(manager, program.placed(manager, image), manager.ones(new Shape(1, LOGITS)));
            }
            assertThat(state(model)).isEqualTo(before);
        }
    }

    private static List<String> state(MultiLabelModel model) {
        List<String> state = new ArrayList<>();
        model.block().parametersByName().forEach((name, parameter) -> {
            NDArray array = parameter.getArray();
            state.add(
                    name + parameter.requiresGradient() + array.hasGradient() + Arrays.hashCode(array.toFloatArray()));
        });
        return state;
    }

    /**
     * What pytorch-grad-cam names as the layer for each kind of network: the last maps, or the tokens before the last
     * block.
     */
    @ParameterizedTest
    @CsvSource({
        "resnet18, 224, 7",
        "resnext50_32x4d, 224, 7",
        "efficientnet_b0, 224, 7",
        "efficientnet_lite0, 224, 7",
        "mobilenet_v3_large, 224, 7",
        "convnext_tiny, 224, 7",
        "vit_small_patch16_224, 224, 14",
        "vit_small_patch14_dinov2, 224, 16",
        "small, 96, 6"
    })
    void everyKindOfBackboneHasAGridOfPlaces(String backbone, int side, int places) throws IOException {
        Network network = Backbones.byName(backbone).network().orElseThrow();
        try (MultiLabelModel model = MultiLabelModel.create(
                        Backbones.of(network, Preprocessing.imageNet(side)),
                        HEADS,
                        LAYERS,
                        Preprocessing.imageNet(side),
                        false,
                        Device.cpu(),
                        1);
                HeatProgram program = model.newHeat();
                NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            NDArray image = manager.randomNormal(new Shape(1, 3, side, side));
            NDArray heat = program.heat(manager, program.placed(manager, image), manager.ones(new Shape(1, LOGITS)));

            assertThat(program.grid(side, side)).isEqualTo(new HeatGrid(places, places, 1, 1));
            assertThat(heat.getShape()).isEqualTo(new Shape(1, (long) places * places));
            assertThat(doubles(heat.toFloatArray())).doesNotContain(Double.NaN);
        }
    }

    @Test
    void patchesLeaveARestAtTheBorderUnseen() throws IOException {
        try (MultiLabelModel model = model(transformer());
                HeatProgram program = model.newHeat()) {
            assertThat(program.grid(18, 16)).isEqualTo(new HeatGrid(4, 4, 16 / 18.0, 1));
        }
    }
}
