package io.github.multilabel.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that people take for weights; written by torch/odd.py. Each loads, or says what it is. */
class OddFilesTest {

    private final NDManager manager = NDManager.newBaseManager();
    private final Map<String, Parameter> linear = new LinkedHashMap<>();

    OddFilesTest() {
        linear.put("weight", parameter(new Shape(2, 3)));
        linear.put("bias", parameter(new Shape(2)));
    }

    private Parameter parameter(Shape shape) {
        Parameter parameter = Parameter.builder()
                .setName("any")
                .setType(Parameter.Type.WEIGHT)
                .optShape(shape)
                .optInitializer(Initializer.ONES)
                .build();
        parameter.initialize(manager, DataType.FLOAT32);
        return parameter;
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private float[] weight(WeightFile opened) throws IOException {
        try (WeightFile file = opened) {
            WeightLoader.load(file, linear, WeightMatching.strict());
            return linear.get("weight").getArray().toFloatArray();
        }
    }

    @Test
    void aCompiledAndDistributedModelLoads() throws IOException {
        assertThat(weight(WeightFile.open(TorchFiles.path("odd_compiled_ema.pth"))))
                .containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void itsAverageLoadsIfItIsNamed() throws IOException {
        assertThat(weight(WeightFile.open(TorchFiles.path("odd_compiled_ema.pth"), "state_dict_ema")))
                .containsExactly(0, 2, 4, 6, 8, 10);
    }

    @Test
    void theCounterOfAnAverageIsIgnored() throws IOException {
        assertThat(weight(WeightFile.open(TorchFiles.path("odd_averaged.pth")))).containsExactly(0, 2, 4, 6, 8, 10);
    }

    @ParameterizedTest
    @CsvSource({
        "odd_optimizer.pth, no tensors at its top, no entry of it holds tensors",
        "odd_tied.pth, unexpected (1), tied",
        "odd_uppercase.safetensors, none of its 2 names is that of a parameter, BIAS",
    })
    void whatDoesNotFitSaysWhy(String name, String what, String detail) {
        assertThatIOException()
                .isThrownBy(() -> weight(WeightFile.open(TorchFiles.path(name))))
                .withMessageContainingAll(name, what, detail);
    }

    @Test
    void safetensorsHaveNoEntries() {
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(TorchFiles.path("odd_uppercase.safetensors"), "state_dict_ema"))
                .withMessageContainingAll("odd_uppercase.safetensors", "'state_dict_ema'", "no entries");
    }
}
