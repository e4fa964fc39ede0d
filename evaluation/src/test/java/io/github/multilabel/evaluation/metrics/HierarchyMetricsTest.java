package io.github.multilabel.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.MetricsJson;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.internal.metrics.EvaluationJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a finest head and its parents are answered together. */
class HierarchyMetricsTest {

    private static final Head BRAND = Head.singleLabel("brand", "Audi", "BMW");
    private static final Head MODEL = Head.singleLabel("model", "A4", "TT", "X5", "kit car");
    private static final Head TYPE = Head.singleLabel("type", "saloon", "coupe", "SUV");
    private static final Head TAGS = Head.multiLabel("tags", "night", "rain");
    /** The brand of a kit car is not known. */
    private static final HeadSet CARS = HeadSet.of(BRAND, TAGS, MODEL, TYPE)
            .withParent("model", "brand", Map.of("A4", "Audi", "TT", "Audi", "X5", "BMW"))
            .withParent("model", "type", Map.of("A4", "saloon", "TT", "coupe", "X5", "SUV", "kit car", "coupe"));

    private static final int AUDI = 0;
    private static final int BMW = 1;
    private static final int A4 = 0;
    private static final int TT = 1;
    private static final int X5 = 2;
    private static final int KIT = 3;
    private static final int SALOON = 0;
    private static final int COUPE = 1;
    private static final int SUV = 2;
    private static final int NONE = Labels.MISSING;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void free() {
        manager.close();
    }

    /** What an image is, and what is answered: brand, model, type. */
    private record Car(int[] labels, int[] answers) {

        static Car of(int brand, int model, int type, int... answers) {
            return new Car(new int[] {brand, model, type}, answers);
        }
    }

    private static final List<Car> SEVEN = List.of(
            Car.of(AUDI, A4, SALOON, AUDI, A4, SALOON), // all right
            Car.of(AUDI, A4, SALOON, BMW, A4, SALOON), // right model, wrong brand: broken
            Car.of(AUDI, A4, SALOON, AUDI, TT, COUPE), // a mistake within the brand: model and type are wrong
            Car.of(AUDI, A4, SALOON, BMW, X5, SUV), // a mistake with nothing right
            Car.of(NONE, TT, COUPE, BMW, KIT, COUPE), // a kit car may be of any brand: one head is wrong
            Car.of(AUDI, NONE, COUPE, AUDI, TT, SUV), // nothing to compare with, and broken
            Car.of(NONE, NONE, NONE, AUDI, KIT, COUPE));

    private NDArray logits(Head head, int position, List<Car> cars) {
        float[] values = new float[cars.size() * head.size()];
        for (int i = 0; i < cars.size(); i++) {
            values[i * head.size() + cars.get(i).answers()[position]] = 5;
        }
        return manager.create(values, new Shape(cars.size(), head.size()));
    }

    private NDArray labels(int position, List<Car> cars) {
        return manager.create(
                cars.stream().mapToLong(car -> car.labels()[position]).toArray());
    }

    private void add(EvaluationAccumulator accumulator, List<Car> cars) {
        NDArray tags = manager.zeros(new Shape(cars.size(), TAGS.size()));
        accumulator.add(
                new NDList(logits(BRAND, 0, cars), tags, logits(MODEL, 1, cars), logits(TYPE, 2, cars)),
                new NDList(labels(0, cars), tags, labels(1, cars), labels(2, cars)));
    }

    private Evaluation evaluate(List<Car> cars) {
        try (EvaluationAccumulator accumulator = new EvaluationAccumulator(manager, CARS, Map.of())) {
            add(accumulator, cars);
            return accumulator.evaluation();
        }
    }

    @Test
    void sevenCarsGiveWhatOneCountsByHand() {
        HierarchyMetrics model = evaluate(SEVEN).hierarchies().get(0);

        assertThat(model.finest()).isEqualTo("model");
        assertThat(model.parents()).containsExactly("brand", "type");
        assertThat(model.labelled()).isEqualTo(4);
        assertThat(model.fullPath()).isEqualTo(1 / 4.0);
        assertThat(model.contradictions()).isEqualTo(2);
        assertThat(model.broken()).isEqualTo(2 / 7.0);
        assertThat(model.mistakes()).isEqualTo(3);
        assertThat(model.mistakeDistance()).isEqualTo((2 + 3 + 1) / 3.0);
    }

    @Test
    void aHeadThatHasNoParentsHasNoHierarchy() {
        HeadSet apart = HeadSet.of(BRAND);
        try (EvaluationAccumulator accumulator = new EvaluationAccumulator(manager, apart, Map.of())) {
            accumulator.add(new NDList(logits(BRAND, 0, SEVEN)), new NDList(labels(0, SEVEN)));

            assertThat(accumulator.evaluation().hierarchies()).isEmpty();
            assertThat(accumulator.evaluation().table()).doesNotContain("contradict");
            assertThat(EvaluationJson.write(accumulator.evaluation()).has("hierarchies"))
                    .isFalse();
        }
    }

    @Test
    void headsThatAreNotEvaluatedAreNoParents() {
        HeadSet evaluated = CARS.select(List.of("model", "type"));
        try (EvaluationAccumulator accumulator = new EvaluationAccumulator(manager, CARS, evaluated, Map.of())) {
            add(accumulator, SEVEN);

            HierarchyMetrics model = accumulator.evaluation().hierarchies().get(0);
            assertThat(model.parents()).containsExactly("type");
            assertThat(model.labelled()).isEqualTo(5);
            assertThat(model.fullPath()).as("the wrong brand does not count").isEqualTo(2 / 5.0);
        }
    }

    @Test
    void withoutAMistakeNothingIsFarOff() {
        HierarchyMetrics model = evaluate(SEVEN.subList(0, 1)).hierarchies().get(0);
        assertThat(model.mistakeDistance()).isNaN();
        assertThat(model.fullPath()).isEqualTo(1);
        assertThat(evaluate(SEVEN.subList(6, 7)).hierarchies().get(0).fullPath())
                .as("without labels")
                .isNaN();
        Labels tt = Labels.builder(CARS)
                .set("brand", "Audi")
                .set("model", "TT")
                .set("type", "coupe")
                .build();
        HierarchyMetrics perfect = Evaluation.perfect(CARS, List.of(tt, Labels.missing(CARS)))
                .hierarchies()
                .get(0);
        assertThat(perfect.fullPath()).isEqualTo(1);
        assertThat(perfect.labelled()).isEqualTo(1);
        assertThat(perfect.broken()).isZero();
    }

    @Test
    void logitsThatAreNotFiniteAnswerNothing() {
        NDArray tags = manager.zeros(new Shape(1, 2));
        float nan = Float.NaN;
        try (EvaluationAccumulator accumulator = new EvaluationAccumulator(manager, CARS, Map.of())) {
            accumulator.add(
                    new NDList(
                            manager.create(new float[] {0, nan}, new Shape(1, 2)),
                            tags,
                            manager.create(new float[] {nan, 1, 2, 3}, new Shape(1, 4)),
                            manager.create(new float[] {1, 2, 3}, new Shape(1, 3))),
                    new NDList(
                            manager.create(new long[] {1}),
                            tags,
                            manager.create(new long[] {0}),
                            manager.create(new long[] {0})));
            HierarchyMetrics model = accumulator.evaluation().hierarchies().get(0);
            assertThat(model.contradictions()).isZero();
            assertThat(model.mistakes()).isZero();
            assertThat(model.fullPath()).isNaN();
            assertThat(model.broken()).isNaN();
        }
    }

    @Test
    void aStateIsGoneOnFromAndOneOfAnEarlierReleaseLeavesThemUnknown() {
        try (EvaluationAccumulator first = new EvaluationAccumulator(manager, CARS, Map.of());
                EvaluationAccumulator second = new EvaluationAccumulator(manager, CARS, Map.of());
                EvaluationAccumulator third = new EvaluationAccumulator(manager, CARS, Map.of())) {
            add(first, SEVEN.subList(0, 3));
            Map<String, NDArray> saved = new HashMap<>(first.state(manager));
            second.restore(saved);
            add(second, SEVEN.subList(3, 7));
            assertThat(EvaluationJson.write(second.evaluation())).isEqualTo(EvaluationJson.write(evaluate(SEVEN)));

            assertThat(saved.remove("hierarchy.model")).isNotNull();
            third.restore(saved);
            add(third, SEVEN.subList(3, 7));
            assertThat(third.evaluation().hierarchies()).isEmpty();
            assertThat(third.evaluation().samples()).isEqualTo(7);
            assertThat(Metric.named("model_full_path", CARS).of(third.evaluation()))
                    .isNaN();
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Evaluation evaluation = evaluate(SEVEN);
        JsonObject written = EvaluationJson.write(evaluation);

        assertThat(written.getAsJsonObject("hierarchies"))
                .hasToString("{\"model\":{\"labelled\":4,\"right\":1,\"broken\":2,\"mistakes\":3,\"wrong\":6}}");
        assertThat(EvaluationJson.write(EvaluationJson.read(written, CARS))).isEqualTo(written);
        assertThat(EvaluationJson.write(evaluation.withoutManyCategories())).isEqualTo(written);
        written.remove("hierarchies");
        assertThat(EvaluationJson.read(written, CARS).hierarchies())
                .as("earlier releases did not write them")
                .isEmpty();
    }

    @Test
    void theyStandInMetricsJsonAndInTheTable(@TempDir Path folder) throws Exception {
        Evaluation evaluation = evaluate(SEVEN);
        Path file = folder.resolve("metrics.json");
        MetricsJson.write(file, evaluation, OptionalLong.empty());

        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        JsonObject metrics = json.getAsJsonObject("metrics");
        assertThat(metrics.get("model_full_path").getAsDouble()).isEqualTo(0.25);
        assertThat(metrics.get("model_broken").getAsDouble()).isEqualTo(2 / 7.0);
        assertThat(metrics.get("model_mistake_distance").getAsDouble()).isEqualTo(2);
        assertThat(json.getAsJsonObject("hierarchies"))
                .hasToString("{\"model\":{\"parents\":[\"brand\",\"type\"],\"fullPath\":0.25,\"broken\":" + 2 / 7.0
                        + ",\"mistakeDistance\":2.0,\"labelled\":4,\"mistakes\":3}}");
        assertThat(evaluation.table())
                .contains("model with brand, type: all right 0.2500 (over the 4 of 7 images that are labelled for"
                        + " them), answers that contradict each other 0.2857")
                .contains("a wrong model means 2.0000 wrong heads of 3 (over 3 mistakes, parents read off its answer)");
        assertThat(evaluation.hierarchies().get(0))
                .hasToString("model: full path 0.2500, broken 0.2857, mistake distance 2.0000");
    }

    @Test
    void foldsAreAveragedWhereTheyAreDefined() {
        CrossValidation folds =
                CrossValidation.of(List.of(evaluate(SEVEN.subList(0, 2)), evaluate(SEVEN.subList(2, 4))));

        assertThat(folds.values("model_full_path")).containsExactly(0.5, 0.0);
        assertThat(folds.mean("model_full_path")).isEqualTo(0.25);
        assertThat(folds.mean("model_broken")).isEqualTo(0.25);
        assertThat(folds.values("model_mistake_distance")).containsExactly(Double.NaN, 2.5);
        assertThat(folds.mean("model_mistake_distance"))
                .as("of the fold with mistakes")
                .isEqualTo(2.5);
    }

    @Test
    void fewerContradictionsAndNearerMistakesAreBetter() {
        assertThat(Metric.named("model_full_path", CARS).higherIsBetter()).isTrue();
        assertThat(Metric.named("model_broken", CARS).higherIsBetter()).isFalse();
        assertThat(Metric.named("model.mistake_distance", CARS).higherIsBetter())
                .isFalse();
        assertThat(Metric.find("brand_full_path", CARS)).isEmpty();
    }

    /** Heads, labels and answers at random, in batches of several sizes, against a loop over images. */
    @Test
    void equalsALoopOverImages() {
        for (int seed = 0; seed < 25; seed++) {
            compareWithALoop(new Random(seed));
        }
    }

    private static void compareWithALoop(Random random) {
        int[] sizes = {3 + random.nextInt(9), 2 + random.nextInt(4), 2 + random.nextInt(3)};
        Head fine = head("fine", sizes[0]);
        int[][] parentOf = new int[3][];
        parentOf[0] = IntStream.range(0, sizes[0]).toArray();
        HeadSet heads = HeadSet.of(fine, head("p1", sizes[1]), head("p2", sizes[2]));
        for (int p = 1; p <= 2; p++) {
            int size = sizes[p];
            parentOf[p] = random.ints(sizes[0], -1, size).toArray();
            Map<String, String> known = new LinkedHashMap<>();
            for (int k = 0; k < sizes[0]; k++) {
                if (parentOf[p][k] >= 0) {
                    known.put("c" + k, "c" + parentOf[p][k]);
                }
            }
            heads = heads.withParent("fine", "p" + p, known);
        }
        long[] expected = new long[5];
        try (NDManager own = NDManager.newBaseManager();
                EvaluationAccumulator accumulator = new EvaluationAccumulator(own, heads, Map.of())) {
            int images = 0;
            for (int batch = 0; batch < 3; batch++) {
                int rows = 1 + random.nextInt(20);
                images += rows;
                NDList logits = new NDList();
                NDList labels = new NDList();
                int[][] answers = new int[3][];
                int[][] truth = new int[3][];
                for (int h = 0; h < 3; h++) {
                    int size = sizes[h];
                    answers[h] = random.ints(rows, 0, size).toArray();
                    truth[h] = random.ints(rows, -1, size).toArray();
                    float[] values = new float[rows * size];
                    for (int row = 0; row < rows; row++) {
                        values[row * size + answers[h][row]] = 1;
                    }
                    logits.add(own.create(values, new Shape(rows, size)));
                    labels.add(own.create(IntStream.of(truth[h]).asLongStream().toArray()));
                }
                accumulator.add(logits, labels);
                for (int row = 0; row < rows; row++) {
                    count(expected, parentOf, answers, truth, row);
                }
            }
            HierarchyMetrics found = accumulator.evaluation().hierarchies().get(0);
            assertThat(new long[] {
                        found.labelled(),
                        found.right(),
                        found.contradictions(),
                        found.mistakes(),
                        found.counts().wrong()
                    })
                    .isEqualTo(expected);
            assertThat(found.broken()).isCloseTo((double) expected[2] / images, within(1e-12));
        }
    }

    private static void count(long[] counts, int[][] parentOf, int[][] answers, int[][] truth, int row) {
        boolean labelled = true;
        boolean right = true;
        boolean broken = false;
        int wrong = 0;
        int answer = answers[0][row];
        int label = truth[0][row];
        for (int h = 0; h < 3; h++) {
            labelled &= truth[h][row] >= 0;
            right &= truth[h][row] == answers[h][row];
            int determined = parentOf[h][answer];
            broken |= determined >= 0 && determined != answers[h][row];
            int due = label < 0 ? -1 : parentOf[h][label];
            wrong += determined >= 0 && due >= 0 && determined != due ? 1 : 0;
        }
        counts[0] += labelled ? 1 : 0;
        counts[1] += labelled && right ? 1 : 0;
        counts[2] += broken ? 1 : 0;
        counts[3] += label >= 0 && answer != label ? 1 : 0;
        counts[4] += wrong;
    }

    private static Head head(String name, int size) {
        return Head.singleLabel(
                name, IntStream.range(0, size).mapToObj(i -> "c" + i).toList());
    }
}
