package io.github.multilabel.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.internal.metrics.EvaluationJson;
import io.github.multilabel.evaluation.loss.BatchLoss;
import io.github.multilabel.testsupport.Golden;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final Offset<Double> CLOSE = within(1e-6);
    private static final Head COLOUR = Head.singleLabel("colour", "red", "green", "blue", "grey", "black");
    private static final Head TAGS = Head.multiLabel("tags", "night", "rain", "snow");

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private static Head headOf(String name, int size) {
        return Head.singleLabel(
                name, IntStream.range(0, size).mapToObj(i -> "c" + i).toList());
    }

    /** Logits that answer with the given categories. */
    private NDArray answers(int size, int... categories) {
        float[] logits = new float[categories.length * size];
        for (int i = 0; i < categories.length; i++) {
            logits[i * size + categories[i]] = 9;
        }
        return manager.create(logits, new Shape(categories.length, size));
    }

    private Evaluation evaluate(HeadSet heads, NDList logits, NDList labels) {
        try (EvaluationAccumulator accumulator = new EvaluationAccumulator(manager, heads, Map.of())) {
            accumulator.add(logits, labels);
            return accumulator.evaluation();
        }
    }

    private Evaluation evaluate(Head head, int[] answers, long... labels) {
        return evaluate(
                HeadSet.of(head), new NDList(answers(head.size(), answers)), new NDList(manager.create(labels)));
    }

    @Test
    void equalsScikitLearnWhateverTheBatches() {
        Golden golden = Golden.read("metrics.json");
        NDArray logits = manager.create(golden.floats("logits"), new Shape(40, 5));
        NDArray tagLogits = manager.create(golden.floats("tagLogits"), new Shape(40, 3));
        NDArray labels = manager.create(golden.longs("truth"));
        NDArray tags = manager.create(golden.floats("tags"), new Shape(40, 3));
        HeadSet heads = HeadSet.of(TAGS, COLOUR);
        try (EvaluationAccumulator accumulator = new EvaluationAccumulator(manager, heads, Map.of());
                MultiHeadLoss loss = new MultiHeadLoss(manager, heads, Map.of(), Map.of(), Map.of())) {
            for (String rows : new String[] {"0:7", "7:32", "32:40"}) {
                NDList batchLogits = new NDList(tagLogits.get(rows), logits.get(rows));
                NDList batchLabels = new NDList(tags.get(rows), labels.get(rows));
                accumulator.add(batchLogits, batchLabels);
                BatchLoss.Values values =
                        loss.of(manager, batchLogits, batchLabels).read();
                accumulator.addLosses(values.losses(), values.divisors());
            }
            Evaluation evaluation = accumulator.evaluation();
            assertColour(golden.part("single"), evaluation.head("colour"));
            assertTags(golden.part("multi"), evaluation.head("tags"));
            assertThat(evaluation.exactMatch()).isCloseTo(golden.number("exactMatch"), CLOSE);
            assertThat(evaluation.samples()).isEqualTo(40);
            assertThat(evaluation.completelyLabelled()).isEqualTo(40);
            assertThat(evaluation.loss())
                    .isCloseTo(
                            evaluation.head("colour").loss()
                                    + evaluation.head("tags").loss(),
                            CLOSE);
        }
    }

    private static void assertColour(Golden golden, HeadMetrics colour) {
        assertThat(colour.accuracy()).isCloseTo(golden.number("accuracy"), CLOSE);
        assertThat(colour.loss()).isCloseTo(golden.number("loss"), within(1e-5));
        assertThat(colour.support()).isEqualTo(40);
        assertThat(colour.when(SingleLabelHeadMetrics::confusion, tags -> new long[0][]))
                .isDeepEqualTo(IntStream.range(0, 5)
                        .mapToObj(i -> Arrays.copyOfRange(golden.longs("confusion"), i * 5, i * 5 + 5))
                        .toArray(long[][]::new));
        assertThat(colour.macro().precision()).isCloseTo(golden.number("macroPrecision"), CLOSE);
        assertThat(colour.macro().recall()).isCloseTo(golden.number("macroRecall"), CLOSE);
        assertThat(colour.macro().f1()).isCloseTo(golden.number("macroF1"), CLOSE);
        assertThat(colour.weighted().precision()).isCloseTo(golden.number("weightedPrecision"), CLOSE);
        assertThat(colour.weighted().recall()).isCloseTo(golden.number("weightedRecall"), CLOSE);
        assertThat(colour.weighted().f1()).isCloseTo(golden.number("weightedF1"), CLOSE);
        assertThat(colour.category("blue").f1()).isCloseTo(golden.numbers("f1")[2], CLOSE);
        assertThat(colour.category("grey").recall()).as("grey has no images").isNaN();
        assertThat(colour.category("black").precision())
                .as("black is never predicted")
                .isNaN();
        assertThat(colour.category("black").f1()).isZero();
    }

    private static void assertTags(Golden golden, HeadMetrics tags) {
        assertThat(tags.accuracy()).isCloseTo(golden.number("accuracy"), CLOSE);
        assertThat(tags.when(colour -> Double.NaN, MultiLabelHeadMetrics::hammingAccuracy))
                .isCloseTo(golden.number("answers"), CLOSE);
        assertThat(tags.categories()).extracting(CategoryMetrics::support).containsExactly(20L, 13L, 2L);
        for (int k = 0; k < 3; k++) {
            CategoryMetrics tag = tags.categories().get(k);
            assertThat(tag.precision()).isCloseTo(golden.numbers("precision")[k], CLOSE);
            assertThat(tag.recall()).isCloseTo(golden.numbers("recall")[k], CLOSE);
            assertThat(tag.f1()).isCloseTo(golden.numbers("f1")[k], CLOSE);
        }
        assertThat(Arrays.stream(tags.when(colour -> new long[0][][], MultiLabelHeadMetrics::confusion))
                        .flatMap(Arrays::stream)
                        .flatMapToLong(Arrays::stream))
                .containsExactly(
                        Arrays.stream(golden.longs("confusion")).boxed().toArray(Long[]::new));
        assertThat(tags.macro().f1()).isCloseTo(golden.number("macroF1"), CLOSE);
        assertThat(tags.weighted().f1()).isCloseTo(golden.number("weightedF1"), CLOSE);
    }

    private static double top5(Evaluation evaluation, String head) {
        return evaluation.head(head).when(SingleLabelHeadMetrics::top5Accuracy, tags -> Double.NaN);
    }

    @Test
    void theFiveMostProbableAreThoseOfScikitLearnAlsoAmongEqualLogitsAndBesideAWiderHead() {
        Golden golden = Golden.read("metrics.json").part("many");
        Head many = headOf("many", 12);
        HeadSet heads = HeadSet.of(headOf("wider", 20), many);
        NDArray labels = manager.create(golden.longs("truth"));

        Evaluation evaluation = evaluate(
                heads,
                new NDList(
                        manager.zeros(new Shape(40, 20)), manager.create(golden.floats("logits"), new Shape(40, 12))),
                new NDList(labels, labels));

        assertThat(top5(evaluation, "many")).isCloseTo(golden.number("top5"), CLOSE);
        assertThat(Metric.named("many_top5", heads).of(evaluation)).isEqualTo(top5(evaluation, "many"));
    }

    @Test
    void imagesWithoutLabelOrFiniteLogitAreNotAmongTheFiveMostProbable() {
        Head head = headOf("head", 12);

        assertThat(top5(evaluate(head, new int[] {3, 3}, 3, -1), "head")).isEqualTo(1);
        assertThat(top5(evaluate(head, new int[] {3}, -1), "head")).isNaN();
        assertThat(top5(
                        evaluate(
                                HeadSet.of(head),
                                new NDList(manager.full(new Shape(1, 12), Float.NaN)),
                                new NDList(manager.create(new long[] {3}))),
                        "head"))
                .isNaN();
    }

    @Test
    void agreementIsUndefinedWithLogitsThatAreNotFinite() {
        Head head = headOf("head", 3);
        HeadMetrics metrics = evaluate(
                        HeadSet.of(head),
                        new NDList(manager.create(new float[] {1, 0, 0, 0, 1, 0, Float.NaN, 0, 0}, new Shape(3, 3))),
                        new NDList(manager.create(new long[] {0, 1, 2})))
                .head("head");

        assertThat(metrics.micro()).isEqualTo(Averages.UNDEFINED);
        SingleLabelHeadMetrics single = metrics.when(each -> each, tags -> null);
        assertThat(new double[] {single.balancedAccuracy(), single.matthews(), single.kappa(), single.quadraticKappa()})
                .containsOnly(Double.NaN);
    }

    @Test
    void whatWasCountedOfTheFiveMostProbableGoesOnInAnotherProcess() {
        Head head = headOf("head", 12);
        NDList batch = new NDList(manager.zeros(new Shape(4, 12)));
        NDList labels = new NDList(manager.create(new long[] {0, 6, 7, 11})); // of equal logits, the later are higher
        try (EvaluationAccumulator first = new EvaluationAccumulator(manager, HeadSet.of(head), Map.of());
                EvaluationAccumulator second = new EvaluationAccumulator(manager, HeadSet.of(head), Map.of());
                EvaluationAccumulator third = new EvaluationAccumulator(manager, HeadSet.of(head), Map.of())) {
            first.add(batch, labels);
            Map<String, NDArray> saved = new HashMap<>(first.state(manager));
            second.restore(saved);
            second.add(batch, labels);
            assertThat(top5(second.evaluation(), "head")).isEqualTo(0.5);
            Evaluation read = EvaluationJson.read(EvaluationJson.write(second.evaluation()), HeadSet.of(head));
            assertThat(top5(read, "head")).isEqualTo(0.5);

            assertThat(saved.remove("top5.head"))
                    .as("earlier releases did not count these")
                    .isNotNull();
            third.restore(saved);
            assertThat(top5(third.evaluation(), "head")).isNaN();
            assertThat(third.evaluation().head("head").support()).isEqualTo(4);
        }
    }

    @Test
    void categoriesThatDoNotOccurDoNotLowerTheMacroAverage() {
        for (int size : new int[] {3, 8}) {
            Averages macro = evaluate(headOf("head", size), new int[] {2, 1, 0, 1}, 2, 1, 0, 0)
                    .head("head")
                    .macro();
            assertThat(macro.f1()).isCloseTo(0.7778, within(1e-4));
            assertThat(macro.categories()).isEqualTo(3);
        }
        HeadMetrics perfect =
                evaluate(headOf("head", 3), new int[] {0, 0}, 0, 0).head("head");
        assertThat(perfect.macro().f1()).isEqualTo(1);
        assertThat(perfect.category("c1").f1()).isNaN();
    }

    @Test
    void unlabelledRowsAddNothing() {
        HeadSet heads = HeadSet.of(COLOUR, TAGS);
        NDList logits = new NDList(
                answers(5, 0, 1, 2), manager.create(new float[] {1, -1, -1, 1, 1, 1, -1, -1, -1}, new Shape(3, 3)));
        NDList labels = new NDList(
                manager.create(new long[] {0, -1, 3}),
                manager.create(new float[] {1, 0, 0, -1, -1, -1, 0, 0, 0}, new Shape(3, 3)));
        Evaluation evaluation = evaluate(heads, logits, labels);
        assertThat(evaluation.samples()).isEqualTo(3);
        assertThat(evaluation.head("colour").support()).isEqualTo(2);
        assertThat(evaluation.head("colour").accuracy()).isEqualTo(0.5);
        assertThat(evaluation.head("tags").support()).isEqualTo(2);
        assertThat(evaluation.head("tags").accuracy()).isEqualTo(1);
        assertThat(evaluation.head("tags").category("rain").predicted()).isZero();
        assertThat(evaluation.completelyLabelled()).isEqualTo(2);
        assertThat(evaluation.exactMatch()).isEqualTo(0.5);
        assertThat(evaluation.meanAccuracy()).isEqualTo(0.75);
    }

    @Test
    void aHeadWithoutAnyLabelIsUndefinedAndLeavesTheRestAlone() {
        HeadSet heads = HeadSet.of(COLOUR, headOf("year", 2));
        Evaluation evaluation = evaluate(
                heads,
                new NDList(answers(5, 0, 1), answers(2, 0, 1)),
                new NDList(manager.create(new long[] {0, 1}), manager.create(new long[] {-1, -1})));
        HeadMetrics year = evaluation.head("year");
        assertThat(year.accuracy()).isNaN();
        assertThat(year.loss()).isNaN();
        assertThat(year.macro().f1()).isNaN();
        assertThat(year.weighted().f1()).isNaN();
        assertThat(evaluation.meanAccuracy()).isEqualTo(1);
        assertThat(evaluation.exactMatch()).isNaN();
        assertThat(evaluation.loss()).as("no loss was added").isNaN();
        assertThat(evaluation.table()).contains("n/a");
    }

    @Test
    void theLossIsTheMeanOverAllLabelsNotOverBatches() {
        try (EvaluationAccumulator accumulator =
                new EvaluationAccumulator(manager, HeadSet.of(COLOUR), Map.of("colour", 2.0))) {
            accumulator.addLosses(new double[] {1}, new double[] {3});
            accumulator.addLosses(new double[] {5}, new double[] {1});
            accumulator.addLosses(new double[] {0}, new double[] {0});
            assertThat(accumulator.evaluation().head("colour").loss()).isEqualTo(2);
            assertThat(accumulator.evaluation().loss()).isEqualTo(4);
        }
    }

    @Test
    void theTableIsTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Evaluation evaluation = evaluate(headOf("brand", 2), new int[] {0, 1, 1}, 0, 1, 0);
            Locale.setDefault(Locale.ROOT);
            String table = evaluation.table();
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(evaluation.table()).isEqualTo(table).contains("0.6667");
            assertThat(table.lines().toList().get(1)).startsWith("brand ");
            assertThat(table).contains("macro average over the 2 of 2 categories that occur or are predicted");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void unknownNamesAreAnsweredWithNearOnes() {
        Evaluation evaluation = evaluate(COLOUR, new int[] {0}, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation.head("color"))
                .withMessageContaining("did you mean 'colour'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation.head("colour").category("gray"))
                .withMessageContaining("did you mean 'grey'?");
    }

    @Test
    void whatIsKeptDoesNotGrowWithTheData() {
        try (EvaluationAccumulator accumulator =
                new EvaluationAccumulator(manager, HeadSet.of(COLOUR, TAGS), Map.of())) {
            NDList logits = new NDList(answers(5, 0, 1), manager.zeros(new Shape(2, 3)));
            NDList labels = new NDList(manager.create(new long[] {0, 1}), manager.zeros(new Shape(2, 3)));
            accumulator.add(logits, labels);
            int before = arrays(manager);
            for (int i = 0; i < 50; i++) {
                accumulator.add(logits, labels);
            }
            assertThat(arrays(manager)).isEqualTo(before);
            assertThat(accumulator.evaluation().samples()).isEqualTo(102);
        }
    }

    private static int arrays(NDManager manager) {
        return manager.getManagedArrays().size();
    }

    @Test
    void aPerfectModelHasEveryLabelRight() {
        HeadSet heads = HeadSet.of(COLOUR, TAGS);
        List<Labels> labels = List.of(
                Labels.builder(heads)
                        .set("colour", "red")
                        .set("tags", List.of("rain"))
                        .build(),
                Labels.builder(heads).set("colour", "blue").build(),
                Labels.missing(heads));

        Evaluation perfect = Evaluation.perfect(heads, labels);

        assertThat(perfect.samples()).isEqualTo(3);
        assertThat(perfect.loss()).isZero();
        assertThat(perfect.completelyLabelled()).isEqualTo(1);
        assertThat(perfect.exactlyMatched()).isEqualTo(1);
        assertThat(perfect.head("colour").accuracy()).isEqualTo(1);
        assertThat(perfect.head("colour").support()).isEqualTo(2);
        assertThat(perfect.head("colour").categories())
                .extracting(CategoryMetrics::support)
                .containsExactly(1L, 0L, 1L, 0L, 0L);
        assertThat(perfect.head("tags").support()).isEqualTo(1);
    }

    @Test
    void nothingCanBeSaidOfLabelsThatAreAllMissing() {
        HeadSet heads = HeadSet.of(COLOUR, TAGS);
        Evaluation perfect = Evaluation.perfect(heads, List.of(Labels.missing(heads)));
        assertThat(perfect.loss()).isNaN();
        assertThat(perfect.heads()).allSatisfy(head -> assertThat(head.loss()).isNaN());
    }

    @Test
    void anEvaluationIsATableForPeople() {
        Evaluation evaluation = evaluate(Head.singleLabel("colour", "red", "blue"), new int[] {0, 1, 1}, 0, 0, 1);

        assertThat(evaluation.table().lines())
                .containsExactly(
                        "head              images        loss    accuracy   precision      recall    F1 macro F1 weighted",
                        "colour                 3         n/a      0.6667      0.7500      0.7500      0.6667      0.6667",
                        "mean accuracy 0.6667, exact match 0.6667 (over the 3 of 3 images that are labelled for every head)",
                        "",
                        "colour            images   predicted   precision      recall          F1",
                        "red                    2           1      1.0000      0.5000      0.6667",
                        "blue                   1           2      0.5000      1.0000      0.6667",
                        "macro average over the 2 of 2 categories that occur or are predicted");
        assertThat(evaluation.toString().lines().toList())
                .isEqualTo(evaluation.table().lines().limit(3).toList());
    }
}
