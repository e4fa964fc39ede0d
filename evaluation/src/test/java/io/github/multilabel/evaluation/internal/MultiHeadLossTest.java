package io.github.multilabel.evaluation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.evaluation.loss.BatchLoss;
import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.testsupport.Golden;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MultiHeadLossTest {

    private static final Head BRAND = Head.singleLabel("brand", "Audi", "BMW", "Dodge", "Ford");
    private static final Head BODY = Head.singleLabel("body", "Coupe", "SUV", "Van");
    private static final Head YEAR = Head.singleLabel("year", "old", "new");
    private static final Head TAGS = Head.multiLabel("tags", "red", "night", "rain");

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private NDArray logits(Shape shape, float... values) {
        NDArray array = manager.create(values, shape);
        array.setRequiresGradient(true);
        return array;
    }

    private NDArray zeros(long rows, Head head) {
        return logits(new Shape(rows, head.size()), new float[(int) rows * head.size()]);
    }

    private BatchLoss.Values backward(MultiHeadLoss loss, NDList logits, NDList labels) {
        try (NDManager step = manager.newSubManager();
                GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            BatchLoss result = loss.of(step, logits, labels);
            gradients.backward(result.total());
            return result.read();
        }
    }

    private MultiHeadLoss standard(HeadSet heads) {
        return new MultiHeadLoss(manager, heads, Map.of(), Map.of(), Map.of());
    }

    @Test
    void aHeadWithoutLabelsAddsExactlyNothing() {
        NDArray brand = zeros(4, BRAND);
        NDArray body = zeros(4, BODY);
        NDArray year = zeros(4, YEAR);
        NDList labels = new NDList(
                manager.create(new long[] {2, -1, -1, -1}),
                manager.create(new long[] {-1, -1, -1, -1}),
                manager.create(new long[] {0, 1, 1, 0}));
        try (MultiHeadLoss loss = standard(HeadSet.of(BRAND, BODY, YEAR))) {
            BatchLoss.Values values = backward(loss, new NDList(brand, body, year), labels);
            assertThat(values.losses()[0]).isCloseTo(1.386294, within(1e-6));
            assertThat(values.losses()[1]).isZero();
            assertThat(values.losses()[2]).isCloseTo(0.693147, within(1e-6));
            assertThat(values.total()).isCloseTo(2.079442, within(1e-6));
            assertThat(values.divisors()).containsExactly(1, 0, 4);
        }
        assertThat(body.getGradient().toFloatArray()).containsOnly(0f);
        assertThat(brand.getGradient().toFloatArray()).doesNotContain(Float.NaN);
    }

    @Test
    void lossesFollowTheOrderOfTheHeadsNotTheirNames() {
        NDList labels = new NDList(
                manager.create(new long[] {0, 1}), manager.create(new long[] {3, 2}), manager.create(new long[] {0, 1
                }));
        try (MultiHeadLoss loss = standard(HeadSet.of(YEAR, BRAND, BODY))) {
            assertThat(backward(loss, new NDList(zeros(2, YEAR), zeros(2, BRAND), zeros(2, BODY)), labels)
                            .losses())
                    .containsExactly(new double[] {0.693147, 1.386294, 1.098612}, within(1e-6));
        }
    }

    @Test
    void headsOfEqualSizeDoNotSwap() {
        HeadSet heads = HeadSet.of(Head.singleLabel("z", "a", "b"), Head.singleLabel("a", "a", "b"));
        NDList logits = new NDList(logits(new Shape(1, 2), 5, -5), logits(new Shape(1, 2), -5, 5));
        NDList labels = new NDList(manager.create(new long[] {0}), manager.create(new long[] {0}));
        try (MultiHeadLoss loss = standard(heads)) {
            double[] losses = backward(loss, logits, labels).losses();
            assertThat(losses[0]).isLessThan(0.001);
            assertThat(losses[1]).isGreaterThan(9);
        }
    }

    @Test
    void unlabelledRowsLeaveTheMeanAsItIs() {
        try (MultiHeadLoss loss = standard(HeadSet.of(YEAR))) {
            float e = (float) Math.log(Math.E - 1); // the other logit that makes the loss 1
            double two = backward(
                            loss,
                            new NDList(logits(new Shape(2, 2), 0, e, 0, e)),
                            new NDList(manager.create(new long[] {0, -1})))
                    .losses()[0];
            assertThat(two).isCloseTo(1.0, within(1e-6));
            NDArray many = manager.create(new float[] {0, e}, new Shape(1, 2)).repeat(0, 101);
            many.setRequiresGradient(true);
            long[] labels = new long[101];
            java.util.Arrays.fill(labels, 1, 101, -1);
            assertThat(backward(loss, new NDList(many), new NDList(manager.create(labels)))
                            .losses()[0])
                    .isCloseTo(two, within(1e-6));
        }
    }

    @Test
    void equalsPyTorchWithClassWeightsHeadWeightsAndMissingLabels() {
        Golden golden = Golden.read("losses.json");
        NDArray brand = logits(new Shape(6, 4), golden.floats("brand"));
        NDArray tags = logits(new Shape(6, 3), golden.floats("tags"));
        NDArray year = logits(new Shape(6, 2), golden.floats("year"));
        NDList labels = new NDList(
                manager.create(golden.longs("brandLabels")),
                manager.create(golden.floats("tagsLabels"), new Shape(6, 3)),
                manager.create(golden.longs("yearLabels")));
        Map<String, Double> headWeights = Map.of("tags", 0.5, "year", 2.0);
        List<Double> classWeights =
                DoubleStream.of(golden.numbers("brandWeights")).boxed().toList();
        try (MultiHeadLoss loss = new MultiHeadLoss(
                manager, HeadSet.of(BRAND, TAGS, YEAR), headWeights, Map.of("brand", classWeights), Map.of())) {
            assertGolden(golden, backward(loss, new NDList(brand, tags, year), labels), brand, tags, year);
        }
        for (NDArray array : List.of(brand, tags, year)) {
            try (NDArray gradient = array.getGradient()) {
                gradient.subi(gradient.duplicate());
            }
        }
        Map<String, HeadLoss> own =
                Map.of("brand", weighted(golden.floats("brandWeights")), "tags", Losses.binaryCrossEntropy()::loss);
        try (MultiHeadLoss loss =
                new MultiHeadLoss(manager, HeadSet.of(BRAND, TAGS, YEAR), headWeights, Map.of(), own)) {
            BatchLoss.Values values = backward(loss, new NDList(brand, tags, year), labels);
            assertGolden(golden, values, brand, tags, year);
        }
    }

    /** A user's own cross entropy with class weights, out of DJL's operations. */
    private static HeadLoss weighted(float... classWeights) {
        return (logits, labels) -> {
            NDArray label = labels.maximum(0);
            NDArray weights = logits.getManager()
                    .create(classWeights)
                    .gather(label, 0)
                    .mul(labels.gte(0).toType(DataType.FLOAT32, false));
            NDArray surprise = logits.logSoftmax(1)
                    .gather(label.expandDims(1), 1)
                    .squeeze(1)
                    .neg();
            return surprise.mul(weights).sum().div(weights.sum());
        };
    }

    private static void assertGolden(
            Golden golden, BatchLoss.Values values, NDArray brand, NDArray tags, NDArray year) {
        Offset<Float> close = within(1e-6f);
        assertThat(values.losses()).containsExactly(golden.numbers("losses"), within(1e-6));
        assertThat(values.total()).isCloseTo(golden.number("total"), within(2e-6));
        assertThat(brand.getGradient().toFloatArray()).containsExactly(golden.floats("brandGradient"), close);
        assertThat(tags.getGradient().toFloatArray()).containsExactly(golden.floats("tagsGradient"), close);
        assertThat(year.getGradient().toFloatArray()).containsExactly(golden.floats("yearGradient"), close);
    }

    @Test
    void weightsOfOneHeadLeaveTheOthersBitIdentical() {
        NDList labels = new NDList(manager.create(new long[] {0, 1, 1}), manager.create(new long[] {2, 0, 1}));
        HeadSet heads = HeadSet.of(BRAND, BODY);
        NDList logits = new NDList(
                manager.randomNormal(new Shape(3, BRAND.size())), manager.randomNormal(new Shape(3, BODY.size())));
        logits.forEach(array -> array.setRequiresGradient(true));
        try (MultiHeadLoss plain = standard(heads);
                MultiHeadLoss weighted = new MultiHeadLoss(
                        manager, heads, Map.of(), Map.of("brand", List.of(5.0, 1.0, 1.0, 1.0)), Map.of())) {
            double[] before = backward(plain, logits, labels).losses();
            double[] after = backward(weighted, logits, labels).losses();
            assertThat(after[0]).isNotEqualTo(before[0]);
            assertThat(after[1]).isEqualTo(before[1]);
        }
    }

    @Test
    void extremeLogitsStayFinite() {
        NDArray year = logits(new Shape(1, 2), 1e30f, -1e30f);
        NDArray tags = logits(new Shape(1, 3), 1e4f, -1e4f, 0);
        NDList labels =
                new NDList(manager.create(new long[] {0}), manager.create(new float[] {1, 0, 1}, new Shape(1, 3)));
        try (MultiHeadLoss loss = standard(HeadSet.of(YEAR, TAGS))) {
            BatchLoss.Values values = backward(loss, new NDList(year, tags), labels);
            assertThat(values.losses()[0]).isZero();
            assertThat(values.losses()[1]).isCloseTo(Math.log(2) / 3, within(1e-6));
        }
        assertThat(tags.getGradient().toFloatArray()).doesNotContain(Float.NaN);
        try (NDArray alone = Losses.binaryCrossEntropy().loss(tags, labels.get(1))) {
            assertThat((double) alone.getFloat()).isCloseTo(Math.log(2) / 3, within(1e-6));
        }
    }

    @Test
    void aBatchOfImagesWithoutAnyTagHasAFiniteLoss() {
        try (MultiHeadLoss loss = standard(HeadSet.of(TAGS))) {
            NDArray none = manager.zeros(new Shape(4, TAGS.size()));
            assertThat(backward(loss, new NDList(zeros(4, TAGS)), new NDList(none))
                            .total())
                    .isCloseTo(Math.log(2), within(1e-6));
        }
    }

    @Test
    void aHundredHeadsOfDifferentSizesSumUp() {
        HeadSet heads = HeadSet.of(IntStream.range(0, 100)
                .mapToObj(i -> Head.singleLabel(
                        "head" + i,
                        IntStream.range(0, 2 + i % 7).mapToObj(k -> "c" + k).toList()))
                .toList());
        NDList logits = new NDList();
        NDList labels = new NDList();
        for (Head head : heads) {
            logits.add(zeros(3, head));
            labels.add(manager.create(new long[] {0, 1, -1}));
        }
        try (MultiHeadLoss loss = standard(heads)) {
            double expected =
                    heads.stream().mapToDouble(head -> Math.log(head.size())).sum();
            assertThat(backward(loss, logits, labels).total()).isCloseTo(expected, within(1e-4));
        }
    }

    @Test
    void aLossOfOnesOwnMustBeAScalar() {
        try (MultiHeadLoss loss = new MultiHeadLoss(
                manager, HeadSet.of(YEAR), Map.of(), Map.of(), Map.of("year", (logits, labels) -> logits.square()))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            loss.of(manager, new NDList(zeros(2, YEAR)), new NDList(manager.create(new long[] {0, 1}))))
                    .withMessageContaining("head 'year' must be a scalar, got shape (2, 2)");
        }
    }
}
