package io.github.multilabel.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.weights.Safetensors;
import io.github.multilabel.model.weights.TensorInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Python finds what it needs; what it answers is compared by {@code golden/exports.py}. */
class TimmExportTest {

    @TempDir
    private Path folder;

    private static JsonObject golden() throws IOException {
        try (InputStream in = TimmExportTest.class.getResourceAsStream("/golden/export_names.json")) {
            return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
    }

    private static MultiLabelModel model(String backbone) throws IOException {
        return SmallModels.of(Backbones.byName(backbone)
                .withPreprocessing(Backbones.byName(backbone).preprocessing().withSize(56)));
    }

    /** One of each family, since large ones take seconds. */
    private static Stream<String> families() {
        return Stream.of(
                "resnet18",
                "mobilenet_v3_large",
                "efficientnet_b0",
                "tf_efficientnet_lite0",
                "vit_small_patch14_dinov2");
    }

    @ParameterizedTest
    @MethodSource("families")
    void tensorsBearTheNamesAndShapesOfThePythonLibrary(String backbone) throws IOException {
        try (MultiLabelModel model = model(backbone)) {
            TimmExport.of(model).write(folder);
        }
        try (Safetensors file = Safetensors.open(folder.resolve("model.safetensors"))) {
            String lines = file.tensors().entrySet().stream()
                    .filter(tensor -> !isOfHead(tensor.getKey()))
                    .map(TimmExportTest::line)
                    .sorted()
                    .collect(Collectors.joining("\n"));

            CRC32 sum = new CRC32();
            sum.update(lines.getBytes(StandardCharsets.UTF_8));
            JsonObject expected = golden().getAsJsonObject(backbone);
            assertThat(lines.lines())
                    .as(backbone)
                    .hasSize(expected.get("tensors").getAsInt());
            assertThat(sum.getValue()).as(lines).isEqualTo(expected.get("crc32").getAsLong());
            assertThat(file.tensors().keySet().stream().filter(TimmExportTest::isOfHead))
                    .containsExactlyInAnyOrder(
                            "heads.year.weight",
                            "heads.year.bias",
                            "heads.brand \"Škoda\" 🚗.weight",
                            "heads.brand \"Škoda\" 🚗.bias",
                            "heads.a.weight.weight",
                            "heads.a.weight.bias",
                            "hidden.body.weight",
                            "hidden.body.bias",
                            "heads.body.weight",
                            "heads.body.bias");
        }
    }

    private static boolean isOfHead(String name) {
        return name.startsWith("heads.") || name.startsWith("hidden.");
    }

    private static String line(Map.Entry<String, TensorInfo> tensor) {
        return tensor.getKey() + " "
                + Arrays.stream(tensor.getValue().shape().getShape())
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(","));
    }

    @Test
    void everyBackboneThatPythonWasComparedWithCanBeWrittenAndNoOther() throws IOException {
        assertThat(TimmExport.backbones()).containsExactlyElementsOf(golden().keySet());
        assertThat(Backbones.names()).containsAll(TimmExport.backbones());
    }

    @Test
    void weightsAreThoseOfTheModel() throws IOException {
        try (MultiLabelModel model = model("resnet18");
                NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            TimmExport.of(model).write(folder);

            try (Safetensors file = Safetensors.open(folder.resolve("model.safetensors"))) {
                NDArray written = file.read(manager, "layer1.0.bn1.running_var");
                assertThat(written.toFloatArray())
                        .isEqualTo(model.block()
                                .parametersByName()
                                .get("backbone.layer1.0.bn1.running_var")
                                .getArray()
                                .toFloatArray());
            }
        }
    }

    @Test
    void labelsSayHowTheHeadsAnswer() throws IOException {
        try (MultiLabelModel model = SmallModels.answering(model("resnet18"))) {
            TimmExport.of(model).write(folder);
        }
        JsonObject labels = JsonParser.parseString(Files.readString(folder.resolve("labels.json")))
                .getAsJsonObject();

        assertThat(labels.get("format").getAsString()).isEqualTo("multilabel-timm");
        assertThat(labels.get("library").getAsString()).isEqualTo("torchvision");
        assertThat(labels.get("backbone").getAsString()).isEqualTo("resnet18");
        assertThat(labels.get("mirrored").getAsBoolean()).isTrue();
        assertThat(labels.getAsJsonArray("heads")
                        .get(3)
                        .getAsJsonObject()
                        .get("hidden")
                        .getAsInt())
                .isEqualTo(5);
        assertThat(labels.getAsJsonArray("hierarchy").get(0).getAsJsonObject().get("parentOf"))
                .hasToString("[1,1,0,-1]");
        assertThat(labels.getAsJsonArray("joint")).hasSize(1);
        assertThat(labels.getAsJsonArray("calibration")).hasSize(2);
        assertThat(folder.resolve("load.py")).content().startsWith("\"\"\"A model that multilabel trained");
    }

    @Test
    void aBackboneWithoutCounterpartIsRefusedAndNothingIsWritten() throws IOException {
        Path target = folder.resolve("timm");
        try (MultiLabelModel model = SmallModels.plain()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TimmExport.of(model).write(target))
                    .withMessageContaining("'tiny'")
                    .withMessageContaining("resnet18")
                    .withMessageContaining("TorchScriptExport");
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void anotherNetworkOfAKnownNameIsRefused() throws IOException {
        Network other = Network.builder("resnet18")
                .stage("stem")
                .conv("conv1", 8, 3, 2)
                .globalAveragePool("avgpool")
                .build();
        try (MultiLabelModel model = SmallModels.of(Backbones.of(other, Preprocessing.imageNet(16)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TimmExport.of(model).write(folder))
                    .withMessageContaining("neither torchvision nor timm has the network");
        }
    }

    @Test
    void anotherFolderIsNotReplacedAndOneOfThisKindIs() throws IOException {
        Path target = folder.resolve("timm");
        Files.createDirectories(target);
        Files.writeString(target.resolve("notes.txt"), "mine");
        try (MultiLabelModel model = model("resnet18")) {
            assertThatIOException()
                    .isThrownBy(() -> TimmExport.of(model).write(target))
                    .withMessageContaining("notes.txt");
            assertThat(target.resolve("notes.txt")).hasContent("mine");
            assertThatExceptionOfType(FileAlreadyExistsException.class)
                    .isThrownBy(() -> TimmExport.of(model).write(target.resolve("notes.txt")));

            Files.delete(target.resolve("notes.txt"));
            Files.createDirectory(target.resolve("__pycache__"));
            TimmExport.of(model).write(target);
            TimmExport.of(model).write(target);
        }
        assertThat(target).isDirectoryNotContaining("glob:**__pycache__").isDirectoryContaining("glob:**load.py");
    }
}
