package io.github.multilabel.model.internal.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.testsupport.Golden;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadProgramTest {

    private static final int ROWS = 200;
    private static final int WIDTH = 50;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private static HeadLayers dropping(double rate) {
        return HeadLayers.linear().withDropout(rate);
    }

    private static float[] floats(JsonArray numbers) {
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i).getAsFloat();
        }
        return values;
    }

    private static Shape shape(JsonArray numbers) {
        return new Shape(numbers.asList().stream()
                .mapToLong(number -> number.getAsLong())
                .toArray());
    }

    private NDArray trained(JsonObject golden, Shape shape) {
        NDArray array = manager.create(floats(golden.getAsJsonArray("value")), shape);
        array.setRequiresGradient(true);
        return array;
    }

    @Test
    void logitsAndGradientsAreThoseOfPyTorch() { // golden/heads.py
        JsonObject golden = Golden.json("heads.json");
        HeadSet heads = HeadSet.of(
                Head.singleLabel("a", "1", "2"),
                Head.singleLabel("b", "1", "2"),
                Head.singleLabel("c", "1", "2", "3"),
                Head.multiLabel("d", "1"));
        Map<String, HeadLayers> layers = Map.of(
                "b", HeadLayers.linear().withHidden(3),
                "d", HeadLayers.linear().withHidden(2));
        JsonObject ofFeatures = golden.getAsJsonObject("features");
        NDArray features = trained(ofFeatures, new Shape(3, 4));
        JsonArray ofParameters = golden.getAsJsonArray("parameters");
        NDList parameters = new NDList();
        ofParameters.forEach(each -> parameters.add(
                trained(each.getAsJsonObject(), shape(each.getAsJsonObject().getAsJsonArray("shape")))));
        try (HeadProgram program = new HeadProgram(HeadStack.of(heads, layers));
                GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDList logits = program.logits(features, parameters, true);
            NDArray loss = logits.stream()
                    .map(values -> values.pow(2).sum().div(2))
                    .reduce(NDArray::add)
                    .orElseThrow();
            gradients.backward(loss);
            for (int i = 0; i < heads.size(); i++) {
                String name = heads.get(i).name();
                assertThat(logits.get(i).toFloatArray())
                        .as(name)
                        .containsExactly(floats(golden.getAsJsonObject("logits").getAsJsonArray(name)), within(1e-6f));
            }
        }
        assertThat(features.getGradient().toFloatArray())
                .containsExactly(floats(ofFeatures.getAsJsonArray("gradient")), within(1e-6f));
        for (int i = 0; i < parameters.size(); i++) {
            assertThat(parameters.get(i).getGradient().toFloatArray())
                    .as("parameter %d", i)
                    .containsExactly(
                            floats(ofParameters.get(i).getAsJsonObject().getAsJsonArray("gradient")), within(1e-6f));
        }
    }

    /** Heads whose logits are their input: weights are the identity, and all features are 1. */
    private NDList seen(boolean training, HeadLayers... layers) {
        HeadStack stack = new HeadStack(IntStream.range(0, layers.length)
                .mapToObj(i -> new HeadStack.Part("head" + i, WIDTH, layers[i]))
                .toList());
        NDList parameters = new NDList();
        for (HeadStack.Product product : stack.products()) {
            NDArray[] identities =
                    product.rows().stream().map(rows -> manager.eye(WIDTH)).toArray(NDArray[]::new);
            parameters.add(NDArrays.concat(new NDList(identities)));
            parameters.add(manager.zeros(new Shape(product.out())));
        }
        try (HeadProgram program = new HeadProgram(stack)) {
            return program.logits(manager.ones(new Shape(ROWS, WIDTH)), parameters, training);
        }
    }

    private NDList seenWithSeed(int seed, HeadLayers... layers) {
        Engine.getInstance().setRandomSeed(seed);
        return seen(true, layers);
    }

    /** 10,000 draws: 0.25 is within 0.02 of the share but for one of 250,000 seeds. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aShareOfWhatTheLastLayerSeesIsDroppedAndTheRestScaledUp(boolean hidden) {
        HeadLayers layers = hidden ? dropping(0.25).withHidden(WIDTH) : dropping(0.25);
        float[] values = seenWithSeed(5, layers).get(0).toFloatArray();
        int zeros = 0;
        for (float value : values) {
            if (value == 0) {
                zeros++;
            } else {
                assertThat(value).isCloseTo(1 / 0.75f, within(1e-6f));
            }
        }
        assertThat(zeros / (double) values.length).isCloseTo(0.25, within(0.02));
    }

    @Test
    void eachImageLosesOthers() {
        NDArray first = seenWithSeed(5, dropping(0.5)).get(0);
        assertThat(first.get(0).toFloatArray()).isNotEqualTo(first.get(1).toFloatArray());
    }

    @Test
    void theSameSeedDropsTheSame() {
        HeadLayers[] layers = {dropping(0.5), dropping(0.2), dropping(0.5).withHidden(WIDTH)};
        NDList one = seenWithSeed(7, layers);
        NDList again = seenWithSeed(7, layers);
        NDList other = seenWithSeed(8, layers);
        for (int i = 0; i < layers.length; i++) {
            assertThat(again.get(i).toFloatArray()).isEqualTo(one.get(i).toFloatArray());
            assertThat(other.get(i).toFloatArray()).isNotEqualTo(one.get(i).toFloatArray());
        }
    }

    @Test
    void headsOfOneRateSeeTheSameFeaturesAndHiddenLayersAreDroppedEachForItself() {
        NDList seen = seenWithSeed(
                7,
                dropping(0.5),
                dropping(0.2),
                dropping(0.5),
                dropping(0),
                dropping(0.5).withHidden(WIDTH),
                dropping(0.5).withHidden(WIDTH));
        float[] first = seen.get(0).toFloatArray();
        assertThat(seen.get(2).toFloatArray()).isEqualTo(first);
        assertThat(seen.get(1).toFloatArray()).contains(0f, 1.25f).doesNotContain(2f);
        assertThat(seen.get(3).toFloatArray()).containsOnly(1);
        assertThat(seen.get(4).toFloatArray()).isNotEqualTo(first).contains(0f, 2f);
        assertThat(seen.get(5).toFloatArray())
                .isNotEqualTo(seen.get(4).toFloatArray())
                .contains(0f, 2f);
    }

    @Test
    void predictionDropsNothingAndNeedsNoRandomNumbers() {
        Engine.getInstance().setRandomSeed(3);
        float drawn = manager.randomUniform(0, 1, new Shape(1)).getFloat();
        Engine.getInstance().setRandomSeed(3);
        NDList seen = seen(false, dropping(0.5), dropping(0.2), dropping(0.5).withHidden(WIDTH));
        seen.forEach(logits -> assertThat(logits.toFloatArray()).containsOnly(1));
        assertThat(manager.randomUniform(0, 1, new Shape(1)).getFloat()).isEqualTo(drawn);
    }

    private static HeadStack alike(int heads, HeadLayers layers) {
        return new HeadStack(IntStream.range(0, heads)
                .mapToObj(i -> new HeadStack.Part("head" + i, 2 + i % 3, layers))
                .toList());
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    @Test
    void aHundredHeadsStayOneProductAlsoWithDropout() {
        for (double rate : new double[] {0, 0.3}) {
            String text = HeadText.forward(alike(100, dropping(rate)));
            assertThat(count(text, "torch\\.linear")).isOne();
            assertThat(count(text, "torch\\.dropout")).isEqualTo(rate > 0 ? 1 : 0);
            assertThat(text.lines()).hasSizeLessThanOrEqualTo(3);
        }
    }

    @Test
    void aHundredHiddenLayersAreOneProduct() {
        HeadStack stack = alike(100, HeadLayers.linear().withHidden(8));
        assertThat(count(HeadText.forward(stack), "torch\\.linear")).isEqualTo(101);
        assertThat(stack.products().get(0).out()).isEqualTo(800);
        NDList parameters = new NDList();
        stack.products().forEach(product -> {
            parameters.add(manager.ones(new Shape(product.out(), product.in().orElse(16))));
            parameters.add(manager.zeros(new Shape(product.out())));
        });
        try (HeadProgram program = new HeadProgram(stack)) {
            NDList logits = program.logits(manager.ones(new Shape(2, 16)), parameters, false);
            assertThat(logits).hasSize(100);
            assertThat(logits.get(4).toFloatArray()).containsExactly(128, 128, 128, 128, 128, 128);
        }
    }

    @Test
    void layersOutsideTheirRangesAndOfUnknownHeadsAreRefused() {
        for (double rate : new double[] {-0.1, 1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> dropping(rate))
                    .withMessage("a dropout rate of " + rate + " is outside [0, 1); 0.2 is usual");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeadLayers.linear().withHidden(0))
                .withMessage("a hidden layer of 0 units; at least 1, e.g. 256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeadLayers.linear().withHidden(Integer.MAX_VALUE))
                .withMessage("a hidden layer of 2,147,483,647 units; at most 1,000,000");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        HeadStack.of(HeadSet.of(Head.singleLabel("brand", "a", "b")), Map.of("brandd", dropping(0.1))))
                .withMessageContaining("did you mean 'brand'?");
        assertThat(List.of(HeadLayers.linear(), dropping(0.2), dropping(0.2).withHidden(64)))
                .hasToString("[linear, linear, dropout 0.2, 64 hidden, dropout 0.2]");
    }
}
