package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.model.internal.FrozenPart;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.model.network.ParameterSpec;
import io.github.multilabel.model.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads with dropout and hidden layers over a backbone, and in a saved model. */
class HeadLayersTest {

    @TempDir
    Path temporary;

    private final NDManager manager = NDManager.newBaseManager();
    private final ParameterStore store = new ParameterStore(manager, false);

    @AfterEach
    void close() {
        manager.close();
    }

    private static MultiLabelModel model() {
        return model(TinyModels.LAYERS);
    }

    private static MultiLabelModel model(Map<String, HeadLayers> layers) {
        return TinyModels.create(Backbones.of(TinyModels.network(), TinyModels.PREPROCESSING), layers, 1);
    }

    private NDArray images(int count) {
        return manager.randomNormal(new Shape(count, 3, 16, 16));
    }

    private static float[] values(MultiHeadBlock block, String name) {
        return block.parametersByName().get(name).getArray().toFloatArray();
    }

    @Test
    void linearHeadsShareAProductAndHiddenLayersAnother() {
        try (MultiLabelModel model = model()) {
            Map<String, Shape> shapes = new LinkedHashMap<>();
            model.block().parametersByName().forEach((name, parameter) -> shapes.put(name, parameter.getShape()));
            shapes.keySet().removeIf(name -> name.startsWith("backbone."));
            assertThat(shapes)
                    .isEqualTo(Map.of(
                            "heads.weight", new Shape(5, 8),
                            "heads.bias", new Shape(5),
                            "hidden.weight", new Shape(8, 8),
                            "hidden.bias", new Shape(8),
                            "heads.brand.weight", new Shape(2, 5),
                            "heads.brand.bias", new Shape(2),
                            "heads.a.weight.weight", new Shape(2, 3),
                            "heads.a.weight.bias", new Shape(2)));
            assertThat(model)
                    .asString()
                    .endsWith("heads year (3), brand (5 hidden, 2), a.weight (3 hidden, 2), body (2)");
        }
    }

    /** PyTorch's Linear starts within 1 / sqrt(in). */
    @Test
    void weightsAndBiasesStartAsThoseOfPyTorch() {
        try (MultiLabelModel model = model(Map.of("year", HeadLayers.linear().withHidden(400)))) {
            Map.of("hidden.weight", 8, "hidden.bias", 8, "heads.year.weight", 400, "heads.weight", 8)
                    .forEach((name, in) -> {
                        float bound = (float) (1 / Math.sqrt(in));
                        float largest = 0;
                        for (float value : values(model.block(), name)) {
                            largest = Math.max(largest, Math.abs(value));
                        }
                        assertThat(largest).as(name).isBetween(0.8f * bound, bound);
                    });
        }
    }

    @Test
    void weightDecaySparesTheBiasesOfHiddenLayers() {
        try (MultiLabelModel model = model()) {
            assertThat(model.block().parametersByName().entrySet().stream()
                            .filter(each -> ParameterSpec.isDecayed(
                                    each.getValue().getType(), each.getValue().getShape()))
                            .map(Map.Entry::getKey))
                    .containsExactly(
                            "backbone.conv1.weight",
                            "heads.weight",
                            "hidden.weight",
                            "heads.brand.weight",
                            "heads.a.weight.weight");
        }
    }

    @Test
    void aBlockOfDjlHasTheSameHeadsAsANetwork() {
        HeadSet heads = TinyModels.HEADS;
        try (MultiLabelModel own = model();
                MultiHeadBlock foreign =
                        new MultiHeadBlock(TinyModels.foreign().newBlock(), heads, TinyModels.LAYERS)) {
            foreign.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 16, 16));
            NDArray image = images(3);
            NDArray features = foreign.features(store, image, false);
            NDList logits = foreign.forward(store, new NDList(image), false);
            assertThat(logits.stream().map(NDArray::getName)).isEqualTo(heads.names());
            NDArray weight = foreign.parametersByName().get("hidden.weight").getArray();
            NDArray bias = foreign.parametersByName().get("hidden.bias").getArray();
            NDArray hidden = features.matMul(weight.transpose()).add(bias).maximum(0);
            NDArray last = foreign.parametersByName().get("heads.brand.weight").getArray();
            NDArray shift = foreign.parametersByName().get("heads.brand.bias").getArray();
            assertThat(logits.get("brand").toFloatArray())
                    .containsExactly(
                            hidden.get(":, 0:5")
                                    .matMul(last.transpose())
                                    .add(shift)
                                    .toFloatArray(),
                            within(1e-5f));
            try (InferenceProgram program = foreign.newInference(Precision.FLOAT32)) {
                assertThat(program.logits(manager, image).get("brand").toFloatArray())
                        .containsExactly(logits.get("brand").toFloatArray(), within(1e-6f));
            }
            assertThat(own.block().getDirectParameters().keys())
                    .isEqualTo(foreign.getDirectParameters().keys());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FLOAT32", "BFLOAT16"})
    void aPreparedProgramPredictsWhatTheBlockDoes(Precision precision) {
        try (MultiLabelModel model = model()) {
            TinyModels.shake(model);
            model.block().setPrecision(precision);
            NDArray image = images(4);
            NDList logits = model.block().forward(store, new NDList(image), false);
            try (InferenceProgram program = model.block().newInference(precision)) {
                NDList predicted = program.logits(manager, image);
                for (Head head : TinyModels.HEADS) {
                    float[] expected = logits.get(head.name()).toFloatArray();
                    float[] actual = predicted.get(head.name()).toFloatArray();
                    for (int i = 0; i < expected.length; i++) {
                        float tolerance = (precision == Precision.FLOAT32 ? 1e-5f : 2e-2f) * Math.abs(expected[i]);
                        assertThat(actual[i]).as("%s %d", head.name(), i).isCloseTo(expected[i], within(tolerance));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, FLOAT32", "false, FLOAT32", "true, BFLOAT16", "false, BFLOAT16"})
    void onlyTrainingDropsAlsoOverAFrozenBackbone(boolean frozen, Precision precision) {
        HeadSet heads = TinyModels.HEADS;
        try (MultiLabelModel model = model()) {
            MultiHeadBlock block = model.block();
            block.setPrecision(precision);
            block.setBackboneFrozen(frozen);
            NDArray image = images(4);
            Engine.getInstance().setRandomSeed(4);
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDList one = block.forward(store, new NDList(image), true);
                NDList other = block.forward(store, new NDList(image), true);
                for (Head head : heads) {
                    boolean drops = head.name().equals("brand") || head.name().equals("body");
                    float[] first = one.get(head.name()).toFloatArray();
                    assertThat(other.get(head.name()).toFloatArray()).satisfies(second -> {
                        if (drops) {
                            assertThat(second).isNotEqualTo(first);
                        } else {
                            assertThat(second).containsExactly(first, within(1e-6f));
                        }
                    });
                }
                gradients.backward(one.get("brand").sum());
            }
            float[] gradient = block.parametersByName()
                    .get("hidden.weight")
                    .getArray()
                    .getGradient()
                    .toFloatArray();
            assertThat(gradient).isNotEqualTo(new float[gradient.length]);
            NDList evaluated = block.forward(store, new NDList(image), false);
            NDList again = block.forward(store, new NDList(image), false);
            heads.forEach(head -> assertThat(again.get(head.name()).toFloatArray())
                    .isEqualTo(evaluated.get(head.name()).toFloatArray()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void afterAFrozenPartTrainingDropsTheSameAndEvaluationNothing(boolean foreign) {
        try (MultiLabelModel model =
                foreign ? TinyModels.create(TinyModels.foreign(), TinyModels.LAYERS, 1) : model()) {
            MultiHeadBlock block = model.block();
            block.setBackboneFrozen(true);
            NDArray image = images(4);
            try (FrozenPart part = block.frozenPart().orElseThrow();
                    GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDArray features = part.run(manager, image);
                Engine.getInstance().setRandomSeed(4);
                NDList whole = block.forward(store, new NDList(image), true);
                Engine.getInstance().setRandomSeed(4);
                NDList rest = block.logitsAfter(part, store, features, true);
                NDList evaluatedRest = block.logitsAfter(part, store, features, false);
                NDList evaluated = block.forward(store, new NDList(image), false);
                for (String name : TinyModels.HEADS.names()) {
                    assertThat(rest.get(name).toFloatArray())
                            .as(name)
                            .containsExactly(whole.get(name).toFloatArray(), within(1e-5f));
                    assertThat(evaluatedRest.get(name).toFloatArray())
                            .as(name)
                            .containsExactly(evaluated.get(name).toFloatArray(), within(1e-5f));
                }
                gradients.backward(rest.get("body").sum());
            }
        }
    }

    @Test
    void aSavedModelHasItsLayersAndAnswersAsBefore() throws Exception {
        Path folder = temporary.resolve("model");
        try (MultiLabelModel model = model()) {
            TinyModels.shake(model);
            model.save(folder);
            try (MultiLabelModel loaded = MultiLabelModel.load(folder)) {
                assertThat(loaded.headLayers()).isEqualTo(TinyModels.LAYERS);
                assertThat(TinyModels.logits(loaded)).containsExactly(TinyModels.logits(model));
                assertThat(loaded).hasToString(model.toString());
            }
        }
        assertThat(folder.resolve("model.json"))
                .content()
                .contains("\"formatVersion\": 3", "\"hidden\": 5", "\"dropout\": 0.25");
        try (Safetensors weights = Safetensors.open(folder.resolve("weights.safetensors"))) {
            assertThat(weights.tensors().get("hidden.brand.weight").shape()).isEqualTo(new Shape(5, 8));
            assertThat(weights.tensors().get("hidden.a.weight.bias").shape()).isEqualTo(new Shape(3));
            assertThat(weights.tensors().get("heads.brand.weight").shape()).isEqualTo(new Shape(2, 5));
            assertThat(weights.tensors().get("heads.body.weight").shape()).isEqualTo(new Shape(2, 8));
            assertThat(weights.tensors().keySet())
                    .doesNotContain("heads.weight", "hidden.weight")
                    .contains("hidden.brand.bias", "heads.a.weight.weight");
        }
    }

    @Test
    void aModelOfLinearHeadsSaysNothingOfLayers() throws IOException {
        Path folder = temporary.resolve("model");
        try (MultiLabelModel model = model(Map.of("year", HeadLayers.linear()))) {
            model.save(folder);
        }
        assertThat(folder.resolve("model.json")).content().doesNotContain("hidden", "dropout");
    }

    @Test
    void aDjlBlockWithHiddenLayersIsLoadedAgain() throws Exception {
        Path folder = temporary.resolve("model");
        try (MultiLabelModel model = TinyModels.create(TinyModels.foreign(), TinyModels.LAYERS, 1)) {
            model.save(folder);
            try (MultiLabelModel loaded = MultiLabelModel.load(folder, TinyModels.foreign())) {
                assertThat(TinyModels.logits(loaded)).containsExactly(TinyModels.logits(model));
            }
        }
    }

    @Test
    void someHeadsOfAModelKeepTheirLayers() {
        try (MultiLabelModel model = model()) {
            TinyModels.shake(model);
            try (MultiLabelModel some = model.withHeads(List.of("a.weight", "year"))) {
                assertThat(some.headLayers()).containsOnlyKeys("a.weight");
                NDList image = new NDList(images(2));
                NDList whole = model.block().forward(store, image, false);
                NDList part = some.block().forward(store, image, false);
                for (String name : List.of("a.weight", "year")) {
                    assertThat(part.get(name).toFloatArray())
                            .containsExactly(whole.get(name).toFloatArray(), within(1e-5f));
                }
            }
            try (MultiLabelModel linear = model.withHeads(List.of("year"))) {
                assertThat(linear.block().getDirectParameters().keys()).containsExactly("heads.weight", "heads.bias");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"hidden\": 5|\"hidden\": 0|a hidden layer of 0 units",
                "\"hidden\": 5|\"hidden\": 2.5|'heads[1].hidden' must be a whole number, got 2.5",
                "\"hidden\": 5|\"hidden\": 6|hidden.brand.weight has shape (5, 8), the model needs (6, 8)",
                "\"hidden\": 5|\"other\": 5|unexpected hidden.brand.weight",
                "\"dropout\": 0.25|\"dropout\": 1|a dropout rate of 1.0 is outside [0, 1)",
                "\"dropout\": 0.25|\"dropout\": \"much\"|'heads[1].dropout' must be a number",
            })
    void aDescriptionThatDoesNotHoldTogetherIsTold(String from, String to, String message) throws IOException {
        Path folder = temporary.resolve("model");
        try (MultiLabelModel model = model()) {
            model.save(folder);
        }
        Path description = folder.resolve("model.json");
        String text = Files.readString(description);
        assertThat(text).contains(from);
        Files.writeString(description, text.replace(from, to));
        TinyModels.acceptChanges(folder);
        assertThatExceptionOfType(MalformedModelException.class)
                .isThrownBy(() -> MultiLabelModel.load(folder).close())
                .withMessageContaining(folder.toString())
                .withMessageContaining(message);
    }

    @Test
    void layersOfAHeadThatIsNotThereAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(Map.of("yeat", HeadLayers.linear().withHidden(4))))
                .withMessageContaining("did you mean 'year'?");
    }
}
