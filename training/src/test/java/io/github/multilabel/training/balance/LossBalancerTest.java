package io.github.multilabel.training.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.multilabel.evaluation.loss.BatchLoss;
import io.github.multilabel.testsupport.Golden;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossBalancerTest {

    private static final List<Double> HEAD_WEIGHTS = List.of(1.0, 0.5, 2.0);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private static BatchLoss batch(NDArray losses, float... divisors) {
        NDArray perHead = NDArrays.stack(
                new NDList(losses.stopGradient(), losses.getManager().create(divisors)));
        float[] weights = new float[(int) losses.size()];
        for (int h = 0; h < weights.length; h++) {
            weights[h] = weights.length == 1 ? 1 : HEAD_WEIGHTS.get(h).floatValue();
        }
        NDArray array = losses.getManager().create(weights);
        return new BatchLoss(losses, array, losses.mul(array).sum(), perHead);
    }

    private static BatchLoss.Values values(double[] losses, double... divisors) {
        return new BatchLoss.Values(Arrays.stream(losses).sum(), losses, divisors);
    }

    private static double[] weights(LossBalancer balancing) {
        return balancing.weights().stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Test
    void uncertaintyIsLearntAndLeavesOutHeadsWithoutLabels() {
        Golden golden = Golden.read("balance.json").part("uncertainty");
        NDArray losses = manager.create(golden.floats("losses"));
        losses.setRequiresGradient(true);
        try (LossBalancer balancing = LossBalancing.uncertainty().start(manager, HEAD_WEIGHTS);
                GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            assertThat(weights(balancing)).containsOnly(1);
            balancing.restore(Map.of("balance.log_variance", manager.create(golden.floats("s"))));
            NDArray s = balancing.trained().get("balance.log_variance");
            NDArray total = balancing.total(batch(losses, golden.floats("divisors")), Optional.empty());
            gradients.backward(total);
            assertThat((double) total.getFloat()).isCloseTo(golden.number("total"), within(1e-6));
            assertThat(losses.getGradient().toFloatArray())
                    .containsExactly(golden.floats("lossGradient"), within(1e-6f));
            assertThat(s.getGradient().toFloatArray()).containsExactly(golden.floats("sGradient"), within(1e-6f));
            assertThat(weights(balancing)[2]).isCloseTo(Math.exp(-1), within(1e-6));
        }
    }

    @Test
    void theAverageFollowsHowTheLossesFall() {
        Golden golden = Golden.read("balance.json").part("average");
        double[] losses = golden.numbers("losses");
        try (LossBalancer balancing = LossBalancing.dynamicAverage().start(manager, HEAD_WEIGHTS)) {
            for (int epoch = 0; epoch < losses.length / 3; epoch++) {
                double[] now = Arrays.copyOfRange(losses, 3 * epoch, 3 * epoch + 3);
                // two batches whose mean over their labels is that loss
                balancing.stepped(List.of(
                        values(DoubleStream.of(now).map(loss -> loss * 2).toArray(), 1, 1, 1)));
                balancing.stepped(List.of(
                        values(DoubleStream.of(now).map(loss -> loss / 2).toArray(), 2, 2, 2)));
                balancing.epochEnded();
                assertThat(weights(balancing))
                        .as("after epoch %d", epoch)
                        .containsExactly(
                                Arrays.copyOfRange(golden.numbers("weights"), 3 * epoch, 3 * epoch + 3), within(1e-12));
            }
            NDArray total = balancing.total(batch(manager.ones(new Shape(3)), 1, 1, 1), Optional.empty());
            double expected = 0;
            for (int h = 0; h < 3; h++) {
                expected += HEAD_WEIGHTS.get(h) * weights(balancing)[h];
            }
            assertThat((double) total.getFloat()).isCloseTo(expected, within(1e-6));
        }
    }

    @Test
    void aHeadWithoutLabelsInAnEpochNeitherFellNorRose() {
        try (LossBalancer balancing = LossBalancing.dynamicAverage().start(manager, List.of(1.0, 1.0))) {
            balancing.stepped(List.of(values(new double[] {2, 2}, 4, 4)));
            balancing.epochEnded();
            balancing.stepped(List.of(values(new double[] {2, 0}, 4, 0)));
            balancing.epochEnded();
            assertThat(weights(balancing)).containsExactly(1, 1);
        }
    }

    @Test
    void gradNormMovesTheWeightsAsTheReference() {
        Golden golden = Golden.read("balance.json").part("gradNorm");
        NDArray shared = manager.create(golden.floats("shared"), new Shape(2, 3));
        shared.setRequiresGradient(true);
        NDArray directions = manager.create(golden.floats("directions"), new Shape(3, 2));
        try (LossBalancer balancing = LossBalancing.gradNorm().start(manager, HEAD_WEIGHTS)) {
            for (int step = 0; step < 4; step++) {
                double[] before = weights(balancing);
                balancing.begin();
                float[] known = Arrays.copyOfRange(golden.floats("known"), 3 * step, 3 * step + 3);
                try (NDManager batch = manager.newSubManager();
                        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                    NDArray x = batch.create(Arrays.copyOfRange(golden.floats("inputs"), 3 * step, 3 * step + 3));
                    NDArray losses =
                            directions.matMul(shared.matMul(x)).square().mul(batch.create(known));
                    BatchLoss loss = batch(losses, known);
                    NDArray total = balancing.total(loss, Optional.of(shared));
                    assertThat(weights(balancing)).as("until the step is made").isEqualTo(before);
                    gradients.backward(total);
                    balancing.stepped(List.of(loss.read()));
                }
                assertThat(weights(balancing))
                        .as("after step %d", step)
                        .containsExactly(
                                Arrays.copyOfRange(golden.numbers("weights"), 3 * step, 3 * step + 3), within(1e-5));
                assertThat(Arrays.stream(weights(balancing)).sum()).isCloseTo(3, within(1e-9));
            }
        }
    }

    @Test
    void gradNormTakesTheBatchesOfAStepAsOne() {
        NDArray shared = manager.ones(new Shape(2, 2));
        shared.setRequiresGradient(true);
        NDArray slopes = manager.create(new float[] {1, 2, 3});
        try (LossBalancer one = LossBalancing.gradNorm().start(manager, HEAD_WEIGHTS);
                LossBalancer two = LossBalancing.gradNorm().start(manager, HEAD_WEIGHTS);
                GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            BatchLoss loss = batch(slopes.mul(shared.sum()), 4, 4, 4);
            one.begin();
            one.total(loss, Optional.of(shared));
            one.stepped(List.of(loss.read()));
            two.begin();
            two.total(batch(slopes.mul(9).mul(shared.sum()), 1, 1, 1), Optional.of(shared)); // a step that is not made
            two.begin();
            two.total(loss, Optional.of(shared));
            two.total(loss, Optional.of(shared));
            two.stepped(List.of(loss.read(), loss.read()));
            assertThat(weights(two)).isEqualTo(weights(one)).isNotEqualTo(new double[] {1, 1, 1});
            gradients.close();
        }
    }

    @Test
    void gradNormStandsStillWhereNoLayerIsShared() {
        try (LossBalancer balancing = LossBalancing.gradNorm().start(manager, HEAD_WEIGHTS)) {
            BatchLoss loss = batch(manager.create(new float[] {1, 2, 3}), 1, 1, 1);
            assertThat(balancing.total(loss, Optional.empty()).getFloat()).isEqualTo(8);
            balancing.stepped(List.of(loss.read()));
            assertThat(weights(balancing)).containsOnly(1);
        }
    }

    static Stream<LossBalancing> all() {
        return Stream.of(
                LossBalancing.fixed(),
                LossBalancing.uncertainty(),
                LossBalancing.dynamicAverage(),
                LossBalancing.gradNorm());
    }

    @ParameterizedTest
    @MethodSource("all")
    void aSingleHeadKeepsItsWeightAtTheStart(LossBalancing balance) {
        try (LossBalancer balancing = balance.start(manager, List.of(1.0));
                GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray shared = manager.ones(new Shape(2, 2));
            shared.setRequiresGradient(true);
            for (int epoch = 0; epoch < 3; epoch++) {
                balancing.begin();
                BatchLoss loss = batch(shared.sum().reshape(1).mul(3 - epoch), 1);
                assertThat((double) balancing.total(loss, Optional.of(shared)).getFloat())
                        .isCloseTo(4 * (3 - epoch), within(1e-5));
                balancing.stepped(List.of(loss.read()));
                balancing.epochEnded();
            }
            assertThat(weights(balancing)[0]).isCloseTo(1, within(1e-6));
            gradients.close();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRestoredStateGoesOnWhereItStopped(LossBalancing balance) {
        NDArray shared = manager.ones(new Shape(2, 2));
        shared.setRequiresGradient(true);
        NDArray slopes = manager.create(new float[] {1, 2, 3});
        try (LossBalancer whole = balance.start(manager, HEAD_WEIGHTS);
                LossBalancer resumed = balance.start(manager, HEAD_WEIGHTS)) {
            learn(whole, shared, slopes, 2);
            resumed.restore(whole.state(manager));
            learn(whole, shared, slopes, 3);
            learn(resumed, shared, slopes, 3);
            assertThat(weights(resumed)).isEqualTo(weights(whole));
            whole.epochEnded();
            resumed.epochEnded();
            assertThat(weights(resumed)).isEqualTo(weights(whole));
            if (!whole.state(manager).isEmpty()) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> resumed.restore(Map.of()))
                        .withMessageContaining("balance.")
                        .withMessageContaining("nothing");
                Map<String, NDArray> other = new HashMap<>(whole.state(manager));
                other.replaceAll((name, array) -> manager.zeros(new Shape(7), DataType.FLOAT64));
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> resumed.restore(other))
                        .withMessageContaining("(7)");
            }
        }
    }

    private void learn(LossBalancer balancing, NDArray shared, NDArray slopes, int steps) {
        for (int step = 0; step < steps; step++) {
            balancing.begin();
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                BatchLoss loss = batch(slopes.mul(shared.sum()).div(step + 1), 1, 1, 1);
                NDArray total = balancing.total(loss, Optional.of(shared));
                gradients.backward(total);
                balancing.stepped(List.of(loss.read()));
            }
            if (step == 0) {
                balancing.epochEnded();
            }
        }
    }

    @Test
    void constantsOutsideTheirRangeAreRefused() {
        List<Runnable> wrong = List.of(
                () -> LossBalancing.dynamicAverage(0),
                () -> LossBalancing.dynamicAverage(Double.NaN),
                () -> LossBalancing.gradNorm(-1, 0.1),
                () -> LossBalancing.gradNorm(1, 0),
                () -> LossBalancing.gradNorm(1, Double.POSITIVE_INFINITY));
        wrong.forEach(call -> assertThatIllegalArgumentException().isThrownBy(call::run));
    }

    @Test
    void theBalancingsOnOfferPrintTheirNames() {
        assertThat(LossBalancing.fixed()).hasToString("fixed");
        assertThat(LossBalancing.gradNorm()).hasToString("GradNorm with alpha 1.5 and rate 0.025");
    }
}
