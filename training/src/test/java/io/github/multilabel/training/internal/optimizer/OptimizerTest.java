package io.github.multilabel.training.internal.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.multilabel.testsupport.Golden;
import io.github.multilabel.training.optimizer.OptimizerSettings;
import io.github.multilabel.training.optimizer.Optimizers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {

    private static final double NO_LIMIT = Double.POSITIVE_INFINITY;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private NDArray parameter(Shape shape, float... values) {
        NDArray array = manager.create(values, shape);
        array.setRequiresGradient(true);
        return array;
    }

    /** Gives each array the gradient, through the loss {@code sum(array * gradient)}. */
    private void setGradient(NDArray array, float... gradient) {
        try (NDManager step = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray loss = step.create(gradient, array.getShape()).mul(array).sum();
            collector.backward(loss);
        }
    }

    private static OptimizerSettings settings(String name) {
        return switch (name) {
            case "sgd" -> Optimizers.sgd(0.9, 0.01);
            case "nesterov" -> Optimizers.nesterov(0.9, 0.01);
            case "adam" -> Optimizers.adam(0.9, 0.999, 1e-8, 0.1);
            case "adamW" -> Optimizers.adamW(0.9, 0.999, 1e-8, 0.1);
            case "lion" -> Optimizers.lion(0.9, 0.99, 0.1);
            case "lamb" -> Optimizers.lamb(0.9, 0.999, 1e-6, 0.1);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "nesterov", "adam", "adamW", "lion", "lamb"})
    void stepsEqualPyTorchs(String name) {
        Golden all = Golden.read("optimizers.json");
        Golden golden = all.part(name);
        NDArray weight = parameter(new Shape(2, 3), golden.part("start").floats("weight"));
        NDArray bias = parameter(new Shape(3), golden.part("start").floats("bias"));
        try (Optimizer optimizer = settings(name).start(manager, Map.of("weight", weight, "bias", bias))) {
            double[] rates = all.numbers("rates");
            for (int i = 0; i < rates.length; i++) {
                setGradient(weight, slice(golden.part("gradients").floats("weight"), i, 6));
                setGradient(bias, slice(golden.part("gradients").floats("bias"), i, 3));
                optimizer.step(rates[i], NO_LIMIT);
                assertThat(weight.toFloatArray())
                        .as("weight after step %d", i)
                        .containsExactly(slice(golden.part("after").floats("weight"), i, 6), within(2e-6f));
                assertThat(bias.toFloatArray())
                        .as("bias after step %d", i)
                        .containsExactly(slice(golden.part("after").floats("bias"), i, 3), within(2e-6f));
                assertThat(weight.getGradient().toFloatArray()).containsOnly(0f);
            }
        }
    }

    private static float[] slice(float[] all, int index, int size) {
        return Arrays.copyOfRange(all, index * size, (index + 1) * size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "nesterov", "adam", "adamW", "lion", "lamb"})
    void aGradientOfAScaledLossIsDividedBeforeItIsClipped(String name) {
        // given
        float scale = 1 << 16;
        NDArray plain = parameter(new Shape(1, 2), 1, -2);
        NDArray scaled = parameter(new Shape(1, 2), 1, -2);
        try (Optimizer one = settings(name).start(manager, Map.of("weight", plain));
                Optimizer other = settings(name).start(manager, Map.of("weight", scaled))) {
            for (int i = 0; i < 3; i++) {
                setGradient(plain, 3f, 4f + i);
                setGradient(scaled, 3f * scale, (4f + i) * scale);
                // when
                double norm = one.step(0.1, 2);
                // then
                assertThat(other.step(0.1, 2, scale)).isEqualTo(norm);
                assertThat(scaled.toFloatArray()).containsExactly(plain.toFloatArray());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "nesterov", "adam", "adamW", "lion", "lamb"})
    void aGradientThatIsNotFiniteChangesNothingAndIsCleared(String name) {
        NDArray weight = parameter(new Shape(1, 2), 1, 2);
        NDArray bias = parameter(new Shape(2), 3, 4);
        try (Optimizer optimizer = settings(name).start(manager, Map.of("weight", weight, "bias", bias))) {
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
                setGradient(weight, bad, 1);
                setGradient(bias, 1, 1);
                assertThat(Double.isFinite(optimizer.step(0.1, NO_LIMIT))).isFalse();
                assertThat(weight.toFloatArray()).containsExactly(1, 2);
                assertThat(bias.toFloatArray()).containsExactly(3, 4);
                assertThat(weight.getGradient().toFloatArray()).containsExactly(0, 0);
                assertThat(bias.getGradient().toFloatArray()).containsExactly(0, 0);
                optimizer.state().values().forEach(array -> assertThat(array.toFloatArray())
                        .containsOnly(0f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "nesterov", "adam", "adamW", "lion", "lamb"})
    void aRateFactorIsARateOfOnesOwn(String name) {
        Map<String, NDArray> together = new LinkedHashMap<>();
        for (String parameter : List.of("stem.weight", "stem.bias", "layer.weight", "heads.weight", "heads.bias")) {
            together.put(parameter, parameter(parameter.endsWith("bias") ? new Shape(2) : new Shape(1, 2), 1, -2));
        }
        Map<String, Double> factors = Map.of("stem.weight", 0.1, "stem.bias", 0.1, "layer.weight", 0.5);
        try (Optimizer optimizer = settings(name).start(manager, together, factors)) {
            for (int i = 0; i < 3; i++) {
                together.values().forEach(array -> setGradient(array, 0.3f, 0.4f));
                optimizer.step(0.1, NO_LIMIT);
            }
        }
        together.forEach((parameter, array) -> {
            NDArray alone = parameter(array.getShape(), 1, -2);
            try (Optimizer optimizer = settings(name).start(manager, Map.of(parameter, alone))) {
                for (int i = 0; i < 3; i++) {
                    setGradient(alone, 0.3f, 0.4f);
                    optimizer.step(0.1 * factors.getOrDefault(parameter, 1.0), NO_LIMIT);
                }
            }
            assertThat(array.toFloatArray()).as(parameter).containsExactly(alone.toFloatArray());
        });
    }

    @Test
    void weightDecaySparesWhatItIsTold() {
        NDArray positions = parameter(new Shape(1, 2, 3), 1, 1, 1, 1, 1, 1);
        NDArray weight = parameter(new Shape(2, 3), 1, 1, 1, 1, 1, 1);
        try (Optimizer optimizer = Optimizers.sgd(0, 0.1)
                .start(manager, Map.of("pos_embed", positions, "weight", weight), Map.of(), Set.of("pos_embed"))) {
            optimizer.step(1, Double.POSITIVE_INFINITY);
        }
        assertThat(positions.toFloatArray()).containsOnly(1);
        assertThat(weight.toFloatArray()).containsOnly(0.9f);
    }

    @Test
    void gradientsAreClippedByTheirCommonNorm() {
        NDArray a = parameter(new Shape(1), 0);
        NDArray b = parameter(new Shape(1, 1), 0);
        try (Optimizer optimizer = Optimizers.sgd(0, 0).start(manager, Map.of("a", a, "b", b))) {
            setGradient(a, -3);
            setGradient(b, 4);
            assertThat(optimizer.step(1, 1)).isCloseTo(5, within(1e-6));
            assertThat(a.toFloatArray()[0]).isCloseTo(0.6f, within(1e-5f));
            assertThat(b.toFloatArray()[0]).isCloseTo(-0.8f, within(1e-5f));
        }
    }

    @Test
    void aFrozenParameterIsLeftAloneUntilItIsFreed() {
        NDArray a = parameter(new Shape(1), 1);
        NDArray b = parameter(new Shape(1, 1), 1);
        b.setRequiresGradient(false);
        try (Optimizer optimizer = Optimizers.sgd(0.9, 0.1).start(manager, Map.of("a", a, "b", b))) {
            setGradient(a, 1);
            optimizer.step(0.5, NO_LIMIT);
            assertThat(b.toFloatArray()).containsExactly(1);
            b.setRequiresGradient(true);
            setGradient(b, 1);
            optimizer.step(0.5, NO_LIMIT);
            assertThat(b.toFloatArray()[0]).isLessThan(1);
            a.setRequiresGradient(false);
            b.setRequiresGradient(false);
            assertThatIllegalStateException()
                    .isThrownBy(() -> optimizer.step(0.5, NO_LIMIT))
                    .withMessageContaining("none of the 2 parameters requires a gradient");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "nesterov", "adam", "adamW", "lion", "lamb"})
    void aRestoredStateGoesOnWhereItStopped(String name) {
        NDArray first = parameter(new Shape(1, 2), 1, 2);
        NDArray second = parameter(new Shape(1, 2), 1, 2);
        try (Optimizer run = settings(name).start(manager, Map.of("w", first));
                Optimizer resumed = settings(name).start(manager, Map.of("w", second))) {
            setGradient(first, 1, -2);
            run.step(0.1, NO_LIMIT);
            first.copyTo(second);
            resumed.restore(run.state());
            setGradient(first, 3, 1);
            setGradient(second, 3, 1);
            run.step(0.1, NO_LIMIT);
            resumed.step(0.1, NO_LIMIT);
            assertThat(second.toFloatArray()).containsExactly(first.toFloatArray());
        }
    }

    @Test
    void aStateOfOtherParametersIsRefused() {
        NDArray weight = parameter(new Shape(1, 2), 1, 2);
        try (Optimizer optimizer = Optimizers.sgd().start(manager, Map.of("conv.weight", weight))) {
            Map<String, NDArray> state = new HashMap<>(optimizer.state());
            state.put("momentum.conv.weigth", state.remove("momentum.conv.weight"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> optimizer.restore(state))
                    .withMessageContaining("did you mean 'momentum.conv.weight'?");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> optimizer.restore(Map.of()))
                    .withMessageContaining("must have shape (1, 2), got nothing");
        }
    }

    @Test
    void stepsLeaveNoArraysBehind() {
        NDArray weight = parameter(new Shape(1, 2), 1, 2);
        try (Optimizer optimizer = Optimizers.adamW().start(manager, Map.of("w", weight))) {
            setGradient(weight, 1, 1);
            optimizer.step(0.1, NO_LIMIT);
            int before = manager.getManagedArrays().size();
            for (int i = 0; i < 20; i++) {
                setGradient(weight, 1, 1);
                optimizer.step(0.1, NO_LIMIT);
            }
            assertThat(manager.getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void constantsOutsideTheirRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimizers.sgd(1, 0))
                .withMessage("momentum 1.0 is outside [0, 1)");
        assertThatIllegalArgumentException().isThrownBy(() -> Optimizers.sgd(0.9, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Optimizers.adamW(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Optimizers.adamW(0.9, 0.999, 0, 0));
    }
}
