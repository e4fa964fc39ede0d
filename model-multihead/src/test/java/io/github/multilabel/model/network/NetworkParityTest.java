package io.github.multilabel.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.model.Backbones;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ResNets compute what torchvision's do; the numbers are from golden/resnets.py. */
class NetworkParityTest {

    private static final double RELATIVE = 1e-4;
    /**
     * Some gradients are exactly 0 (a shift that the next batch norm removes) while most values are between 1 and 100.
     */
    private static final double SMALLEST_GRADIENT = 0.5;

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "resnet34", "resnet50"})
    void featuresGradientsAndStatisticsEqualTorchvisions(String name) throws IOException {
        JsonObject golden = golden(name);
        Network network = Backbones.byName(name).network().orElseThrow();
        try (NDManager manager = NDManager.newBaseManager();
                NetworkBlock block = new NetworkBlock(network)) {
            block.initialize(manager, DataType.FLOAT32, new Shape(4, 3, 64, 64));
            Formula.fill(network.parameters(), block);
            ParameterStore store = new ParameterStore(manager, false);
            NDList image = new NDList(Formula.image(manager, 4, 64));

            NDArray evaluated = block.forward(store, image, false).singletonOrThrow();
            assertSame("evaluation", evaluated, golden.getAsJsonObject("evaluation"), 0);

            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDArray features = block.forward(store, image, true).singletonOrThrow();
                assertSame("training", features, golden.getAsJsonObject("training"), 0);
                gradients.backward(features.square().sum());
            }
            JsonObject gradients = golden.getAsJsonObject("gradients");
            JsonObject statistics = golden.getAsJsonObject("statistics");
            for (ParameterSpec spec : network.parameters()) {
                Parameter parameter = block.getDirectParameters().get(spec.name());
                if (spec.isTrained()) {
                    assertSame(
                            spec.name(),
                            parameter.getArray().getGradient(),
                            gradients.getAsJsonObject(spec.name()),
                            SMALLEST_GRADIENT);
                } else {
                    assertSame(spec.name(), parameter.getArray(), statistics.getAsJsonObject(spec.name()), 0);
                }
            }
            Set<String> names =
                    network.parameters().stream().map(ParameterSpec::name).collect(Collectors.toSet());
            assertThat(gradients.size() + statistics.size()).isEqualTo(names.size());
        }
    }

    /** @param smallest differences below {@link #RELATIVE} of it are of no account */
    private static void assertSame(String what, NDArray actual, JsonObject golden, double smallest) {
        float[] values = actual.toFloatArray();
        double norm = golden.get("norm").getAsDouble();
        double typical = Math.max(smallest, norm / Math.sqrt(values.length));
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        assertThat(Math.sqrt(sum))
                .as("norm of %s", what)
                .isCloseTo(norm, within(RELATIVE * typical * Math.sqrt(values.length)));
        JsonArray samples = golden.getAsJsonArray("values");
        for (int i = 0; i < samples.size(); i++) {
            int index = (int) ((long) i * (values.length - 1) / (samples.size() - 1));
            double expected = samples.get(i).getAsDouble();
            assertThat((double) values[index])
                    .as("%s[%d]", what, index)
                    .isCloseTo(expected, within(RELATIVE * Math.max(typical, Math.abs(expected))));
        }
    }

    private static JsonObject golden(String name) throws IOException {
        try (InputStream stream = NetworkParityTest.class.getResourceAsStream("/golden/resnets.json");
                Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject().getAsJsonObject(name);
        }
    }
}
