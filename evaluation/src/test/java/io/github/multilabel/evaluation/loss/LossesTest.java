package io.github.multilabel.evaluation.loss;

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
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.evaluation.internal.heads.FormulaLoss;
import io.github.multilabel.testsupport.Golden;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossesTest {

    private static final Head CATEGORY = Head.singleLabel("category", "a", "b", "c", "d", "e");
    private static final Head TAGS = Head.multiLabel("tags", "q", "r", "s", "t");
    /** Wider than the others, so that they are padded. */
    private static final Head WIDE = Head.singleLabel("wide", "0", "1", "2", "3", "4", "5", "6", "7");

    private static final Head WIDE_TAGS = Head.multiLabel("wideTags", "0", "1", "2", "3", "4", "5");

    private static final int ROWS = 7;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of("crossEntropy", CATEGORY, Losses.crossEntropy()),
                Arguments.of("crossEntropyWeighted", CATEGORY, Losses.crossEntropy()),
                Arguments.of("smoothed", CATEGORY, Losses.crossEntropy(0.1)),
                Arguments.of("smoothedWeighted", CATEGORY, Losses.crossEntropy(0.1)),
                Arguments.of("focal2", CATEGORY, Losses.focal(2)),
                Arguments.of("focal2Weighted", CATEGORY, Losses.focal(2)),
                Arguments.of("focalHalf", CATEGORY, Losses.focal(0.5)),
                Arguments.of("ordinal", CATEGORY, Losses.ordinal()),
                Arguments.of("ordinalWeighted", CATEGORY, Losses.ordinal(3)),
                Arguments.of("binary", TAGS, Losses.binaryCrossEntropy()),
                Arguments.of("binaryPositive", TAGS, Losses.binaryCrossEntropy()),
                Arguments.of("binaryFocal", TAGS, Losses.focal(2)),
                Arguments.of("binaryFocalAlpha", TAGS, Losses.focal(0.25, 1.5)),
                Arguments.of("asymmetric", TAGS, Losses.asymmetric()),
                Arguments.of("asymmetricUnclipped", TAGS, Losses.asymmetric(2, 0, 0)),
                Arguments.of("asymmetricPositive", TAGS, Losses.asymmetric()));
    }

    private NDArray tracked(NDArray array) {
        array.setRequiresGradient(true);
        return array;
    }

    private NDArray goldenLogits(Golden all, Head head) {
        return tracked(manager.create(
                all.floats(head == TAGS ? "tagLogits" : "categoryLogits"), new Shape(ROWS, head.size())));
    }

    private NDArray goldenLabels(Golden all, Head head) {
        return head == TAGS
                ? manager.create(all.floats("tags"), new Shape(ROWS, head.size()))
                : manager.create(all.longs("category"));
    }

    private double backward(MultiHeadLoss loss, NDList logits, NDList labels, int head) {
        try (NDManager step = manager.newSubManager();
                GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            BatchLoss result = loss.of(step, logits, labels);
            gradients.backward(result.total());
            return result.read().losses()[head];
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void lossAndGradientEqualPyTorch(String name, Head head, HeadLoss loss) {
        Golden all = Golden.read("head-losses.json");
        Golden golden = all.part("cases").part(name);
        NDArray logits = goldenLogits(all, head);
        Map<String, List<Double>> weights = golden.has("weights")
                ? Map.of(
                        head.name(),
                        DoubleStream.of(golden.numbers("weights")).boxed().toList())
                : Map.of();
        // beside a wider head of the same formula with other constants
        Head wide = head == TAGS ? WIDE_TAGS : WIDE;
        NDArray others = tracked(manager.randomNormal(new Shape(ROWS, wide.size())));
        NDArray otherLabels = wide == WIDE_TAGS
                ? manager.ones(new Shape(ROWS, wide.size()))
                : manager.create(new long[] {7, 6, 5, 4, 3, 2, 1});
        HeadLoss otherwise = wide == WIDE ? Losses.focal(1) : Losses.focal(0.5, 1);
        for (HeadLoss beside : List.of(loss, otherwise)) {
            try (MultiHeadLoss heads = new MultiHeadLoss(
                    manager,
                    HeadSet.of(wide, head),
                    Map.of(),
                    weights,
                    Map.of(head.name(), loss, wide.name(), beside))) {
                double value = backward(
                        heads, new NDList(others, logits), new NDList(otherLabels, goldenLabels(all, head)), 1);
                assertThat(value).isCloseTo(golden.number("loss"), within(1e-6));
                assertGradient(logits, golden.floats("gradient"));
            }
        }
    }

    private static void assertGradient(NDArray logits, float... expected) {
        try (NDArray gradient = logits.getGradient()) {
            assertThat(gradient.toFloatArray()).containsExactly(expected, within(1e-6f));
            gradient.subi(gradient.duplicate());
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void aStandardLossIsAlsoAPartOfOnesOwn(String name, Head head, HeadLoss loss) {
        Golden all = Golden.read("head-losses.json");
        Golden golden = all.part("cases").part(name);
        if (golden.has("weights")) {
            return; // class weights are the trainer's
        }
        NDArray logits = goldenLogits(all, head);
        HeadLoss doubled = (x, y) -> loss.loss(x, y).mul(2);
        try (MultiHeadLoss heads =
                new MultiHeadLoss(manager, HeadSet.of(head), Map.of(), Map.of(), Map.of(head.name(), doubled))) {
            assertThat(backward(heads, new NDList(logits), new NDList(goldenLabels(all, head)), 0))
                    .isCloseTo(2 * golden.number("loss"), within(2e-6));
            float[] twice = golden.floats("gradient");
            for (int i = 0; i < twice.length; i++) {
                twice[i] *= 2;
            }
            assertGradient(logits, twice);
        }
    }

    static Stream<Arguments> losses() {
        return Stream.concat(
                golden().map(arguments ->
                        Arguments.of(arguments.get()[1], arguments.get()[2])),
                Stream.of(
                        Arguments.of(CATEGORY, Losses.focal(0)),
                        Arguments.of(TAGS, Losses.focal(0)),
                        Arguments.of(TAGS, Losses.asymmetric(0, 0, 0))));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void extremeLogitsGiveFiniteLossesAndGradients(Head head, HeadLoss loss) {
        int size = head.size();
        float[] values = new float[6 * size];
        for (int i = 0; i < values.length; i++) {
            // right and wrong by far, and all alike
            values[i] = i / size == 5 ? 1e4f : (i % size == i / size % size ? 1e4f : -1e4f);
        }
        NDArray labels = head == TAGS
                ? manager.eye(6, size, 0, DataType.FLOAT32)
                : manager.create(new long[] {0, 1, 0, 1, 0, 0});
        NDArray logits = tracked(manager.create(values, new Shape(6, size)));
        Head wide = head == TAGS ? WIDE_TAGS : WIDE;
        NDArray others = tracked(manager.ones(new Shape(6, wide.size())).mul(1e4f));
        NDArray none = wide == WIDE_TAGS
                ? manager.zeros(new Shape(6, wide.size()))
                : manager.create(new long[] {-1, -1, -1, -1, -1, -1});
        try (MultiHeadLoss heads = new MultiHeadLoss(
                manager, HeadSet.of(head, wide), Map.of(), Map.of(), Map.of(head.name(), loss, wide.name(), loss))) {
            assertThat(backward(heads, new NDList(logits, others), new NDList(labels, none), 0))
                    .isFinite();
        }
        for (float slope : logits.getGradient().toFloatArray()) {
            assertThat(slope).isFinite();
        }
        for (float slope : others.getGradient().toFloatArray()) {
            assertThat(slope).isFinite();
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aHeadWithoutLabelsAddsExactlyNothing(Head head, HeadLoss loss) {
        NDArray logits = tracked(manager.randomNormal(new Shape(3, head.size())));
        NDArray labels =
                head == TAGS ? manager.ones(new Shape(3, head.size())).neg() : manager.create(new long[] {-1, -1, -1});
        try (MultiHeadLoss heads =
                new MultiHeadLoss(manager, HeadSet.of(head), Map.of(), Map.of(), Map.of(head.name(), loss))) {
            assertThat(backward(heads, new NDList(logits), new NDList(labels), 0))
                    .isZero();
        }
        assertThat(logits.getGradient().toFloatArray()).containsOnly(0f);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void unlabelledRowsLeaveTheMeanAsItIs(Head head, HeadLoss loss) {
        NDArray few = manager.randomNormal(new Shape(2, head.size()));
        NDArray many = few.repeat(0, 1).concat(manager.randomNormal(new Shape(100, head.size())), 0);
        NDArray labels = head == TAGS
                ? manager.create(new float[] {1, 0, 0, 1, 0, 0, 1, 1}, new Shape(2, 4))
                : manager.create(new long[] {1, 3});
        NDArray missing = head == TAGS
                ? manager.ones(new Shape(100, 4)).neg()
                : manager.ones(new Shape(100), DataType.INT64).neg();
        try (MultiHeadLoss heads =
                new MultiHeadLoss(manager, HeadSet.of(head), Map.of(), Map.of(), Map.of(head.name(), loss))) {
            double alone = backward(heads, new NDList(tracked(few)), new NDList(labels), 0);
            double among = backward(heads, new NDList(tracked(many)), new NDList(labels.concat(missing, 0)), 0);
            assertThat(among).isCloseTo(alone, within(1e-6));
        }
    }

    @Test
    void aHundredHeadsWithOtherConstantsAreComputedTogether() {
        List<Head> all = new ArrayList<>();
        Map<String, HeadLoss> losses = new LinkedHashMap<>();
        NDList logits = new NDList();
        NDList labels = new NDList();
        for (int i = 0; i < 100; i++) {
            Head head = Head.singleLabel("head" + i, CATEGORY.categories().subList(0, 2 + i % 4));
            all.add(head);
            losses.put(head.name(), Losses.crossEntropy(i / 200.0));
            logits.add(tracked(manager.create(new float[head.size()], new Shape(1, head.size()))));
            labels.add(manager.create(new long[] {i % 2}));
        }
        try (MultiHeadLoss loss = new MultiHeadLoss(manager, HeadSet.of(all), Map.of(), Map.of(), losses);
                GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            BatchLoss batch = loss.of(manager, logits, labels);
            gradients.backward(batch.total());
            double[] each = batch.read().losses();
            for (int i = 0; i < 100; i++) { // equal logits: the smoothing is seen in the gradient only
                int size = all.get(i).size();
                assertThat(each[i]).isCloseTo(Math.log(size), within(1e-6));
                assertThat(logits.get(i).getGradient().toFloatArray()[i % 2])
                        .as("head %d", i)
                        .isCloseTo((float) ((1.0 / size - 1) * (1 - i / 200.0)), within(1e-6f));
            }
        }
    }

    @Test
    void narrowLogitsAreWidened() {
        NDArray narrow =
                manager.create(new float[] {1, 2, 3, 4, 5}, new Shape(1, 5)).toType(DataType.FLOAT16, true);
        NDArray label = manager.create(new long[] {0});
        NDArray loss = Losses.crossEntropy(0.1).loss(narrow, label);
        assertThat(loss.getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(loss.getFloat())
                .isCloseTo(
                        Losses.crossEntropy(0.1)
                                .loss(narrow.toType(DataType.FLOAT32, true), label)
                                .getFloat(),
                        within(1e-6f));
    }

    @Test
    void aFarAnswerCostsMoreThanANearOneOnlyIfCategoriesHaveAnOrder() {
        NDArray near = manager.create(new float[] {0, 5, 0, 0, 0}, new Shape(1, 5));
        NDArray far = manager.create(new float[] {0, 0, 0, 0, 5}, new Shape(1, 5));
        NDArray label = manager.create(new long[] {0});
        assertThat(Losses.ordinal().loss(far, label).getFloat())
                .isGreaterThan(Losses.ordinal().loss(near, label).getFloat() + 1);
        assertThat(Losses.crossEntropy().loss(far, label).getFloat())
                .isEqualTo(Losses.crossEntropy().loss(near, label).getFloat());
    }

    @Test
    void aLossIsCalledByItselfByManyThreadsForHeadsOfAnySize() {
        HeadLoss loss = Losses.crossEntropy();
        assertThat(IntStream.range(0, 64).parallel().mapToDouble(i -> {
                    int size = 2 + i % 16;
                    try (NDManager own = NDManager.newBaseManager();
                            NoGradients off = NoGradients.onThisThread()) {
                        NDArray logits = own.zeros(new Shape(3, size));
                        NDArray labels = own.create(new long[] {0, -1, 1});
                        return loss.loss(logits, labels).getFloat() - Math.log(size);
                    }
                }))
                .allSatisfy(difference -> assertThat(difference).isCloseTo(0, within(1e-6)));
    }

    @Test
    void aLossOfOnesOwnMayBeProgramText() {
        Golden all = Golden.read("head-losses.json");
        NDArray logits = goldenLogits(all, CATEGORY);
        try (TorchFunction text = TorchFunction.load(
                        manager,
                        """
                        def forward(self, logits: Tensor, labels: Tensor) -> Tensor:
                          return torch.cross_entropy_loss(logits, labels, None, 1, -1, 0.1)
                        """);
                MultiHeadLoss heads = new MultiHeadLoss(
                        manager, HeadSet.of(CATEGORY), Map.of(), Map.of(), Map.of("category", (x, y) -> text.forward(
                                        x.getManager(), x, y)
                                .singletonOrThrow()))) {
            assertThat(backward(heads, new NDList(logits), new NDList(goldenLabels(all, CATEGORY)), 0))
                    .isCloseTo(all.part("cases").part("smoothed").number("loss"), within(1e-6));
            assertGradient(logits, all.part("cases").part("smoothed").floats("gradient"));
        }
    }

    @Test
    void aLossOfTheOtherKindOfHeadIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> requireFit(Losses.asymmetric(), CATEGORY))
                .withMessage("head 'category' is SINGLE_LABEL: asymmetric loss with gamma 4.0 and 1.0 and clip 0.05 is"
                        + " for MULTI_LABEL heads");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> requireFit(Losses.ordinal(), TAGS))
                .withMessageContaining("head 'tags' is MULTI_LABEL");
        requireFit(Losses.focal(2), CATEGORY);
        requireFit(Losses.focal(2), TAGS);
    }

    private static void requireFit(HeadLoss loss, Head head) {
        ((FormulaLoss) loss).requireFit(head);
    }

    @Test
    void aLossThatIsCalledByItselfWithLabelsOfTheOtherKindOfHeadIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Losses.asymmetric().loss(manager.zeros(new Shape(2, 5)), manager.ones(new Shape(2))))
                .withMessageContaining("labels of shape (2) is SINGLE_LABEL: asymmetric loss");
    }

    @Test
    void constantsOutsideTheirRangeAreRefused() {
        List<Runnable> wrong = List.of(
                () -> Losses.crossEntropy(1),
                () -> Losses.crossEntropy(Double.NaN),
                () -> Losses.focal(-1),
                () -> Losses.focal(1.5, 2),
                () -> Losses.focal(Double.NaN, 2),
                () -> Losses.asymmetric(-1, 0, 0),
                () -> Losses.asymmetric(0, Double.POSITIVE_INFINITY, 0),
                () -> Losses.asymmetric(0, 0, 1),
                () -> Losses.ordinal(Double.NaN));
        wrong.forEach(call -> assertThatIllegalArgumentException().isThrownBy(call::run));
        assertThat(Losses.ordinal(2)).hasToString("ordinal loss with distance 2.0");
    }
}
