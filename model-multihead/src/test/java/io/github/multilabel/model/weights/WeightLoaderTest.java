package io.github.multilabel.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightLoaderTest {

    @TempDir
    private Path folder;

    private NDManager manager;

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private static Parameter parameter(String name, Parameter.Type type, long... shape) {
        return Parameter.builder()
                .setName(name)
                .setType(type)
                .optShape(new Shape(shape))
                .optInitializer(Initializer.ONES)
                .build();
    }

    /** The parameters of torch/nested_model.pth. */
    private Map<String, Parameter> linear() {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        parameters.put("bias", parameter("bias", Parameter.Type.BIAS, 2));
        parameters.put("weight", parameter("weight", Parameter.Type.WEIGHT, 2, 3));
        parameters.values().forEach(parameter -> parameter.initialize(manager, DataType.FLOAT32));
        return parameters;
    }

    private Path safetensors(Map<String, NDArray> tensors) throws IOException {
        Path path = folder.resolve("weights.safetensors");
        try (OutputStream out = Files.newOutputStream(path)) {
            Safetensors.write(out, tensors, Map.of());
        }
        return path;
    }

    @Test
    void axesOfLengthOneAtTheEndMayDiffer() throws IOException {
        Parameter gamma = parameter("gamma", Parameter.Type.GAMMA, 2);
        gamma.initialize(manager, DataType.FLOAT32);
        Path path = safetensors(Map.of("gamma", manager.create(new float[] {3, 4}, new Shape(2, 1, 1))));
        try (WeightFile file = WeightFile.open(path)) {
            WeightLoader.load(file, Map.of("gamma", gamma), WeightMatching.strict());
        }
        assertThat(gamma.getArray().toFloatArray()).containsExactly(3, 4);
    }

    @Test
    void axesOfLengthOneElsewhereMayNot() throws IOException {
        Parameter gamma = parameter("gamma", Parameter.Type.GAMMA, 2, 3);
        gamma.initialize(manager, DataType.FLOAT32);
        Path path = safetensors(Map.of("gamma", manager.ones(new Shape(2, 1, 3))));
        try (WeightFile file = WeightFile.open(path)) {
            assertThatIOException()
                    .isThrownBy(() -> WeightLoader.load(file, Map.of("gamma", gamma), WeightMatching.strict()))
                    .withMessageContainingAll("misshapen", "(2, 1, 3)", "(2, 3)");
        }
    }

    @Test
    void parametersAreFilledInPlaceAndStayAsTheyAre() throws IOException {
        Map<String, Parameter> parameters = linear();
        parameters.get("bias").freeze(true);
        NDArray weight = parameters.get("weight").getArray();
        int arrays = manager.getManagedArrays().size();
        try (WeightFile file = WeightFile.open(TorchFiles.path("nested_model.pth"))) {
            MatchReport report = WeightLoader.load(file, parameters, WeightMatching.strict());
            assertThat(report.matched().keySet()).containsExactly("bias", "weight");
            for (String name : parameters.keySet()) {
                assertThat(parameters.get(name).getArray().toFloatArray())
                        .containsExactly(file.read(manager, name).toFloatArray());
            }
        }
        assertThat(parameters.get("weight").getArray()).isSameAs(weight);
        assertThat(weight.hasGradient()).isTrue();
        assertThat(parameters.get("bias").getArray().hasGradient()).isFalse();
        assertThat(manager.getManagedArrays()).hasSize(arrays + 2); // the two read above
    }

    @Test
    void halfPrecisionBecomesThePrecisionOfTheParameter() throws IOException {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (String name : new String[] {"f16", "f64"}) {
            parameters.put(name, parameter(name, Parameter.Type.WEIGHT, 2, 3));
        }
        parameters.values().forEach(parameter -> parameter.initialize(manager, DataType.FLOAT32));
        try (WeightFile file = WeightFile.open(TorchFiles.path("zip.pth"))) {
            WeightLoader.load(file, parameters, WeightMatching.lenient(0.5));
        }
        for (Parameter parameter : parameters.values()) {
            assertThat(parameter.getArray().getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(parameter.getArray().toFloatArray())
                    .containsExactly(1.5f, -2, 0, 0.25f, parameter.getArray().getFloat(1, 1), -0.0625f);
            assertThat(parameter.getArray().getFloat(1, 1)).isEqualTo(65504);
        }
    }

    @Test
    void aFileThatDoesNotFitLeavesAllParametersAsTheyWere() throws IOException {
        Map<String, Parameter> parameters = linear();
        parameters.put("extra", parameter("extra", Parameter.Type.WEIGHT, 1));
        parameters.get("extra").initialize(manager, DataType.FLOAT32);
        try (WeightFile file = WeightFile.open(TorchFiles.path("nested_model.pth"))) {
            assertThatIOException()
                    .isThrownBy(() -> WeightLoader.load(file, parameters, WeightMatching.strict()))
                    .withMessageContaining("missing (1): extra");
        }
        assertUntouched(parameters);
    }

    @Test
    void aFileThatFailsHalfWayLeavesAllParametersAsTheyWere() throws IOException {
        Map<String, Parameter> parameters = linear();
        byte[] whole = Files.readAllBytes(TorchFiles.path("nested_legacy.pth"));
        Path path = Files.write(folder.resolve("weights.pth"), whole);
        try (WeightFile file = WeightFile.open(path)) {
            try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(whole.length - 40); // within the values
            }
            assertThatIOException()
                    .isThrownBy(() -> WeightLoader.load(file, parameters, WeightMatching.strict()))
                    .withMessageContaining(path.toString());
        }
        assertUntouched(parameters);
    }

    private static void assertUntouched(Map<String, Parameter> parameters) {
        for (Parameter parameter : parameters.values()) {
            assertThat(parameter.getArray().toFloatArray()).containsOnly(1);
        }
    }

    @Test
    void parametersWithoutArraysAreRefused() throws IOException {
        Map<String, Parameter> parameters = Map.of("weight", parameter("weight", Parameter.Type.WEIGHT, 2, 3));
        try (WeightFile file = WeightFile.open(TorchFiles.path("nested_model.pth"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WeightLoader.load(file, parameters, WeightMatching.strict()))
                    .withMessageContainingAll("[weight]", "initialize");
        }
    }
}
