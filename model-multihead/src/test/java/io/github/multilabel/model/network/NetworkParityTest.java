package io.github.multilabel.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.internal.PreparedNetwork;
import io.github.multilabel.model.internal.heads.HeadStack;
import io.github.multilabel.testsupport.Golden;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The backbones compute what torchvision's and timm's do; the numbers are from golden/backbones.py. */
class NetworkParityTest {

    private static final int BATCH = 4;
    private static final double RELATIVE = 1e-4;
    /** Some gradients are exactly 0 (a shift that the next norm removes) while most values are between 1 and 100. */
    private static final double SMALLEST_GRADIENT = 1;

    private static final JsonObject GOLDEN = Golden.json("backbones.json");

    /** Of the same layers as smaller ones, and half of the time of all. */
    private static final Set<String> LARGE = Set.of("resnet101", "wide_resnet50_2");

    static Stream<String> published() {
        return Backbones.names().stream().filter(name -> !name.equals("small") && !LARGE.contains(name));
    }

    static Stream<String> large() {
        return LARGE.stream();
    }

    @ParameterizedTest
    @MethodSource("large")
    @Tag("hostile") // for its time
    void soDoThoseOfLargeNetworks(String name) {
        featuresGradientsAndStatisticsEqualPyTorchs(name);
    }

    @ParameterizedTest
    @MethodSource("published")
    void featuresGradientsAndStatisticsEqualPyTorchs(String name) {
        JsonObject golden = GOLDEN.getAsJsonObject(name);
        Network network = Backbones.byName(name).network().orElseThrow();
        int size = golden.get("size").getAsInt();
        try (NDManager manager = NDManager.newBaseManager();
                NetworkBlock block = new NetworkBlock(network)) {
            block.initialize(manager, DataType.FLOAT32, new Shape(BATCH, 3, size, size));
            JsonArray shifts = golden.getAsJsonArray("shifts");
            Formula.fill(block, shifts.get(0).getAsDouble(), shifts.get(1).getAsDouble());
            ParameterStore store = new ParameterStore(manager, false);
            NDList image = new NDList(Formula.image(manager, BATCH, size));

            NDArray evaluated = block.forward(store, image, false).singletonOrThrow();
            assertSame("evaluation", evaluated, golden.getAsJsonArray("evaluation"), 0);
            assertThat(foldedError(block, image.head(), evaluated, Precision.FLOAT32))
                    .as("folded float32")
                    .isLessThan(1e-5);
            assertThat(foldedError(block, image.head(), evaluated, Precision.BFLOAT16))
                    .as("folded bfloat16")
                    .isLessThan(1.5 * golden.get("bfloat16").getAsDouble());

            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray features = block.forward(store, image, true).singletonOrThrow();
                assertSame("training", features, golden.getAsJsonArray("training"), 0);
                collector.backward(features.square().sum());
            }
            List<ParameterSpec> specs = network.parameters().stream()
                    .sorted(Comparator.comparing(ParameterSpec::name))
                    .toList();
            assertThat(checksum(specs))
                    .as("names of parameters")
                    .isEqualTo(golden.get("names").getAsLong());
            Iterator<JsonElement> gradients = golden.getAsJsonArray("gradients").iterator();
            Iterator<JsonElement> statistics =
                    golden.getAsJsonArray("statistics").iterator();
            for (ParameterSpec spec : specs) {
                NDArray array = block.getDirectParameters().get(spec.name()).getArray();
                if (spec.isTrained()) {
                    JsonArray expected = gradients.next().getAsJsonArray();
                    assertSame(spec.name(), array.getGradient(), expected, SMALLEST_GRADIENT);
                } else {
                    assertSame(spec.name(), array, statistics.next().getAsJsonArray(), 0);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "tf_efficientnet_lite0", "vit_small_patch16_224", "vit_small_patch14_dinov2"})
    void featuresOfRectanglesEqualPyTorchs(String name) {
        JsonObject golden = Golden.json("rectangles.json").getAsJsonObject(name);
        JsonArray size = golden.getAsJsonArray("size");
        Shape shape = new Shape(BATCH, 3, size.get(0).getAsLong(), size.get(1).getAsLong());
        try (NDManager manager = NDManager.newBaseManager();
                NetworkBlock block =
                        new NetworkBlock(Backbones.byName(name).network().orElseThrow())) {
            block.initialize(manager, DataType.FLOAT32, shape);
            JsonArray shifts = golden.getAsJsonArray("shifts");
            Formula.fill(block, shifts.get(0).getAsDouble(), shifts.get(1).getAsDouble());
            NDArray image = Formula.image(manager, shape);

            NDArray features = block.forward(new ParameterStore(manager, false), new NDList(image), false)
                    .singletonOrThrow();

            assertSame(name, features, golden.getAsJsonArray("evaluation"), 0);
            assertThat(foldedError(block, image, features, Precision.FLOAT32)).isLessThan(1e-5);
        }
    }

    /** Together they have every operation. */
    @ParameterizedTest
    @ValueSource(
            strings = {"resnet34", "efficientnet_b0", "mobilenet_v3_large", "convnext_tiny", "vit_small_patch16_224"})
    void float16IsNearerToFloat32ThanBfloat16(String name) {
        JsonObject golden = GOLDEN.getAsJsonObject(name);
        Network network = Backbones.byName(name).network().orElseThrow();
        int size = golden.get("size").getAsInt();
        try (NDManager manager = NDManager.newBaseManager();
                NetworkBlock block = new NetworkBlock(network)) {
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, size, size));
            JsonArray shifts = golden.getAsJsonArray("shifts");
            Formula.fill(block, shifts.get(0).getAsDouble(), shifts.get(1).getAsDouble());
            NDArray image = Formula.image(manager, 1, size);
            NDArray expected = block.forward(new ParameterStore(manager, false), new NDList(image), false)
                    .singletonOrThrow();
            assertThat(foldedError(block, image, expected, Precision.FLOAT16))
                    .isLessThan(golden.get("bfloat16").getAsDouble() / 3);
        }
    }

    private static double foldedError(NetworkBlock block, NDArray image, NDArray expected, Precision precision) {
        try (NDManager manager = NDManager.newBaseManager();
                PreparedNetwork folded = block.fold(new NDList(), HeadStack.none(), precision)) {
            NDArray actual = folded.run(manager, image).singletonOrThrow();
            return actual.sub(expected).norm().getFloat() / expected.norm().getFloat();
        }
    }

    /** @param smallest differences below {@link #RELATIVE} of it are of no account */
    private static void assertSame(String what, NDArray actual, JsonArray golden, double smallest) {
        float[] values = actual.toFloatArray();
        double norm = golden.get(0).getAsDouble();
        double typical = Math.max(smallest, norm / Math.sqrt(values.length));
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        assertThat(Math.sqrt(sum))
                .as("norm of %s", what)
                .isCloseTo(norm, within(RELATIVE * typical * Math.sqrt(values.length)));
        for (int i = 1; i <= 2; i++) {
            int index = i * values.length / 3;
            double expected = golden.get(i).getAsDouble();
            assertThat((double) values[index])
                    .as("%s[%d]", what, index)
                    .isCloseTo(expected, within(RELATIVE * Math.max(typical, Math.abs(expected))));
        }
    }

    private static long checksum(List<ParameterSpec> specs) {
        CRC32 crc = new CRC32();
        String names = specs.stream().map(ParameterSpec::name).collect(Collectors.joining("\n"));
        crc.update(names.getBytes(StandardCharsets.US_ASCII));
        return crc.getValue();
    }
}
