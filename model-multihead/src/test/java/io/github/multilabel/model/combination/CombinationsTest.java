package io.github.multilabel.model.combination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.model.prediction.Combination;
import io.github.multilabel.model.prediction.HeadPrediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All heads are answered together by which combinations the training images had. */
class CombinationsTest {

    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("brand", "Audi", "Ford"),
            Head.multiLabel("tags", "sun"),
            Head.singleLabel("type", "SUV", "Van"));

    private static Labels car(String brand, String type) {
        Labels.Builder labels = Labels.builder(HEADS);
        if (!brand.isEmpty()) {
            labels.set("brand", brand);
        }
        return type.isEmpty() ? labels.build() : labels.set("type", type).build();
    }

    /** Fords are vans, and Audis no vans. */
    private static Combinations cars(Rule... rules) {
        return learn(
                HEADS,
                List.of(rules),
                times(20, car("Audi", "SUV")),
                times(20, car("Ford", "Van")),
                times(3, car("Ford", "SUV")));
    }

    private static List<Labels> times(int rows, Labels labels) {
        return Collections.nCopies(rows, labels);
    }

    @SafeVarargs
    private static Combinations learn(HeadSet heads, List<Rule> rules, List<Labels>... rows) {
        CombinationLearner learner = new CombinationLearner(heads, rules);
        for (List<Labels> some : rows) {
            some.forEach(learner::add);
        }
        return learner.learn();
    }

    /** By head and category. */
    private static List<HeadPrediction> predicted(HeadSet heads, double[]... probabilities) {
        List<HeadPrediction> predictions = new ArrayList<>();
        for (int head = 0; head < probabilities.length; head++) {
            float[] logits = new float[probabilities[head].length];
            for (int category = 0; category < logits.length; category++) {
                logits[category] = (float) Math.log(probabilities[head][category]);
            }
            predictions.add(HeadPrediction.fromLogits(heads.get(head), logits));
        }
        return predictions;
    }

    private static List<HeadPrediction> predicted(double audi, double suv) {
        return predicted(HEADS, new double[] {audi, 1 - audi}, new double[] {0.5}, new double[] {suv, 1 - suv});
    }

    @Test
    void whatNeverComesTogetherIsAnsweredOnlyIfBothHeadsAreSure() {
        Combination answer = cars().answer(predicted(0.6, 0.1));
        assertThat(answer.categories()).containsExactly(Map.entry("brand", "Ford"), Map.entry("type", "Van"));
        assertThat(answer.unusual()).as("an Audi van is what the heads say").isTrue();

        Combination sure = cars().answer(predicted(0.99999, 0.00001));
        assertThat(sure.categories()).containsExactly(Map.entry("brand", "Audi"), Map.entry("type", "Van"));

        assertThat(cars().answer(predicted(0.9, 0.8)).unusual()).isFalse();
    }

    @Test
    void itIsTheProductOfProbabilitiesAndOfTheRatioOfThePrior() {
        // no row is alone in what it has: a = 43 * (0 + 1) / (43 + 1) is below 1, so it is 1
        double[] brand = {(20 + 0.5) / 44, (23 + 0.5) / 44};
        double[] type = {(23 + 0.5) / 44, (20 + 0.5) / 44};
        int[][] counts = {{20, 0}, {3, 20}};
        double[][] prior = new double[2][2];
        for (int b = 0; b < 2; b++) {
            for (int t = 0; t < 2; t++) {
                prior[b][t] = (counts[b][t] + brand[b] * type[t]) / 44;
            }
        }
        double[][] scores = new double[2][2];
        double sum = 0;
        for (int b = 0; b < 2; b++) {
            for (int t = 0; t < 2; t++) {
                double ofBrand = (b == 0 ? 0.6 : 0.4) / (prior[b][0] + prior[b][1]);
                double ofType = (t == 0 ? 0.1 : 0.9) / (prior[0][t] + prior[1][t]);
                scores[b][t] = prior[b][t] * Math.sqrt(ofBrand) * ofType;
                sum += scores[b][t];
            }
        }
        Combination answer = cars().withExponents(Map.of("brand", 0.5)).answer(predicted(0.6, 0.1));
        assertThat(answer.probability()).isCloseTo(scores[1][1] / sum, within(1e-6));
    }

    @Test
    void whatARuleForbidsIsNotAnsweredAndTheProbabilitySaysHowMuchSpeaksForIt() {
        List<HeadPrediction> van = predicted(0.02, 0.02);
        Combination free = cars().answer(van);
        assertThat(free.categories()).containsEntry("brand", "Ford").containsEntry("type", "Van");
        assertThat(free.probability()).isGreaterThan(0.99);

        Combination ruled = cars().forbid("brand=Ford", "type=Van").answer(van);
        assertThat(ruled.categories()).isNotEqualTo(free.categories());
        assertThat(ruled.probability()).isLessThan(0.01);
        assertThat(ruled.unusual()).as("training images were Ford vans").isFalse();
    }

    @Test
    void aCategoryAloneCanBeForbidden() {
        assertThat(cars(Rule.forbid("type=Van")).answer(predicted(0.02, 0.02)).categories())
                .containsEntry("type", "SUV");
    }

    @Test
    void rulesThatLeaveNothingAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cars().forbid("type=Van").forbid("type=SUV"))
                .withMessage("nothing is left to answer: every combination of categories is against a rule of"
                        + " [type=Van, type=SUV]; take something back");
        assertThatIllegalArgumentException()
                .as("found by search")
                .isThrownBy(() -> cars(
                        Rule.forbid("brand=Audi", "type=Van"),
                        Rule.forbid("brand=Audi", "type=SUV"),
                        Rule.forbid("brand=Ford", "type=Van"),
                        Rule.forbid("brand=Ford", "type=SUV")))
                .withMessageStartingWith("nothing is left to answer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cars().forbid("tipe=Van"))
                .withMessageContaining("did you mean 'type'?");
    }

    @Test
    void aRuleAgainstTrainingImagesGivesAWarning() {
        CombinationLearner learner = new CombinationLearner(
                HEADS, List.of(Rule.forbid("brand=Ford", "type=SUV"), Rule.forbid("brand=Audi", "type=Van")));
        times(3, car("Ford", "SUV")).forEach(learner::add);
        times(1200, car("Audi", "SUV")).forEach(learner::add);
        assertThat(learner.warnings())
                .containsExactly("the rule 'brand=Ford, type=SUV' forbids what 3 of 1,203 training images are by their"
                        + " labels: either is wrong");
    }

    @Test
    void knownParentsAreNeverContradicted() {
        HeadSet heads = HeadSet.of(
                        Head.singleLabel("brand", "Audi", "Ford"), Head.singleLabel("model", "A4", "Focus", "unknown"))
                .withParent("model", "brand", Map.of("A4", "Audi", "Focus", "Ford"));
        Labels a4 = Labels.builder(heads).set("model", "A4").build(); // the brand follows
        Labels wrong =
                Labels.builder(heads).set("model", "A4").set("brand", "Ford").build();
        Combinations learned = learn(heads, List.of(), times(5, a4), times(90, wrong));

        List<HeadPrediction> ford = predicted(heads, new double[] {0.1, 0.9}, new double[] {0.8, 0.1, 0.1});
        assertThat(learned.answer(ford).categories())
                .as("although most rows say otherwise")
                .isNotEqualTo(Map.of("brand", "Ford", "model", "A4"));
        assertThat(learned.forbid("model=A4").forbid("model=Focus").answer(ford).categories())
                .as("a parent that is not known is free")
                .isEqualTo(Map.of("brand", "Ford", "model", "unknown"));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        learned.forbid("model=unknown").forbid("brand=Audi").forbid("model=Focus"))
                .withMessageContaining("against a rule of [model=unknown, brand=Audi, model=Focus] or against the known"
                        + " parents model -> brand; take something back");
    }

    @Test
    void combinationsThatComeOftenAreLearnedWhole() {
        assertThat(cars()).hasToString("3 combinations of brand, type in 43 images");
    }

    @Test
    void ofCombinationsThatAreAllDifferentPairsAreLearned() {
        HeadSet heads = HeadSet.of(IntStream.range(0, 6)
                .mapToObj(head -> Head.singleLabel("h" + head, "0", "1", "2", "3"))
                .toList());
        Random random = new Random(1);
        List<Labels> rows = new ArrayList<>();
        for (int row = 0; row < 400; row++) {
            Labels.Builder labels = Labels.builder(heads);
            int[] free = random.ints(6, 0, 4).toArray();
            IntStream.range(0, 6).forEach(head -> labels.setIndex("h" + head, free[head]));
            rows.add(labels.setIndex("h5", free[1]).build()); // the last is as the second
        }
        Combinations learned = learn(heads, List.of(), rows);
        assertThat(learned).hasToString("pairs of h0, h1, h2, h3, h4, h5 (h1-h5)");
        assertThat(learned.isSeen(0, 1, 2, 3, 0, 1)).isTrue();
        assertThat(learned.isSeen(0, 1, 2, 3, 0, 2)).isFalse();
    }

    @Test
    void pairsAreLearnedFromImagesThatHaveNoOtherLabels() {
        HeadSet heads = HeadSet.of(
                Head.singleLabel("a", "0", "1"), Head.singleLabel("b", "0", "1"), Head.singleLabel("c", "0", "1"));
        List<Labels> rows = new ArrayList<>();
        for (int row = 0; row < 40; row++) {
            rows.add(Labels.builder(heads)
                    .setIndex("a", row % 2)
                    .setIndex("b", row % 2)
                    .build());
            rows.add(Labels.builder(heads)
                    .setIndex("b", row % 2)
                    .setIndex("c", 1 - row % 2)
                    .build());
        }
        Combinations learned = learn(heads, List.of(), rows);
        assertThat(learned).hasToString("pairs of a, b, c (a-b, b-c)");
        assertThat(learned.answer(predicted(
                                heads, new double[] {0.9, 0.1}, new double[] {0.5, 0.5}, new double[] {0.5, 0.5}))
                        .categories())
                .isEqualTo(Map.of("a", "0", "b", "0", "c", "1"));
    }

    @Test
    void oneHeadIsAnsweredAsItAnswersItself() {
        HeadSet heads = HeadSet.of(Head.singleLabel("type", "SUV", "Van", "Coupe"));
        Combinations learned = learn(
                heads,
                List.of(),
                times(50, Labels.builder(heads).set("type", "SUV").build()));
        Combination answer = learned.answer(predicted(heads, new double[] {0.2, 0.5, 0.3}));
        assertThat(answer.categories()).isEqualTo(Map.of("type", "Van"));
        assertThat(answer.probability()).isCloseTo(0.5, within(1e-6));
        assertThat(answer.unusual()).as("no training image was a van").isTrue();
    }

    @Test
    void aHeadWithoutALabelTellsNothingAndIsAnsweredByItself() {
        Combinations learned = learn(HEADS, List.of(), times(9, car("Audi", "")));
        assertThat(learned).hasToString("pairs of brand, type, none of which tells of another");
        Combination answer = learned.answer(predicted(0.3, 0.3));
        assertThat(answer.categories()).isEqualTo(Map.of("brand", "Ford", "type", "Van"));
        assertThat(answer.probability()).isCloseTo(0.7 * 0.7, within(1e-6));
    }

    @Test
    void withoutImagesAllHeadsAnswerByThemselves() {
        assertThat(learn(HEADS, List.of()).answer(predicted(0.3, 0.3)).categories())
                .isEqualTo(Map.of("brand", "Ford", "type", "Van"));
    }

    @Test
    void probabilitiesOfAllCombinationsSumToOne() {
        Posterior posterior = cars().withExponents(Map.of("type", 0.25))
                .given(new double[][] {{Math.log(0.3), Math.log(0.7)}, {Math.log(0.9), Math.log(0.1)}});
        double sum = 0;
        for (int brand = 0; brand < 2; brand++) {
            for (int type = 0; type < 2; type++) {
                sum += Math.exp(posterior.logProbability(brand, type));
            }
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
    }

    @Test
    void aHeadThatRulesOutACategoryAltogetherGivesNumbersAllTheSame() {
        List<HeadPrediction> certain = List.of(
                HeadPrediction.fromLogits(HEADS.get("type"), new float[] {3e38f, -3e38f}),
                HeadPrediction.fromLogits(HEADS.get("brand"), new float[] {-3e38f, 3e38f}));
        Combination answer = cars().forbid("brand=Ford", "type=SUV").answer(certain);
        assertThat(answer.probability()).isBetween(0.0, 1e-200);
        assertThat(answer.categories()).isNotEqualTo(Map.of("brand", "Ford", "type", "SUV"));
    }

    /** Whole combinations or pairs of ten heads with fifty categories. */
    private static Combinations many(boolean whole, HeadSet heads) {
        Random random = new Random(7);
        int[][] kinds = IntStream.range(0, 300)
                .mapToObj(i -> random.ints(10, 0, 50).toArray())
                .toArray(int[][]::new);
        List<Labels> rows = new ArrayList<>();
        for (int row = 0; row < 1500; row++) {
            int[] categories = kinds[row % kinds.length].clone();
            for (int head = 1; !whole && head < 10; head++) {
                categories[head] = random.nextInt(4) == 0 ? random.nextInt(50) : (categories[head - 1] + head) % 50;
            }
            Labels.Builder labels = Labels.builder(heads);
            IntStream.range(0, 10).forEach(head -> labels.setIndex("h" + head, categories[head]));
            rows.add(labels.build());
        }
        return learn(heads, List.of(), rows);
    }

    @ParameterizedTest
    @CsvSource({"true, 300 combinations", "false, 'pairs of h0, h1, h2, h3, h4, h5, h6, h7, h8, h9 (h0-h1, h1-h2'"})
    void tenHeadsOfFiftyCategoriesAreAnsweredExactly(boolean whole, String what) {
        String[] fifty = IntStream.range(0, 50).mapToObj(Integer::toString).toArray(String[]::new);
        HeadSet heads = HeadSet.of(IntStream.range(0, 10)
                .mapToObj(head -> Head.singleLabel("h" + head, fifty))
                .toList());
        Combinations learned = many(whole, heads).forbid("h0=3", "h9=4").forbid("h1=2", "h2=4", "h3=7");
        assertThat(learned.toString()).startsWith(what);
        Random random = new Random(3);
        double[][] logs = IntStream.range(0, 10)
                .mapToObj(head -> random.doubles(50, -9, 0).toArray())
                .toArray(double[][]::new);
        Posterior posterior = learned.given(logs);
        int[] best = posterior.best();
        double most = posterior.logProbability(best);
        for (int one = 0; one < 10; one++) { // none that differs in one or two heads is better
            for (int other = 0; other < one; other++) {
                for (int i = 0; i < 2500; i++) {
                    int[] near = best.clone();
                    near[one] = i % 50;
                    near[other] = i / 50;
                    if (posterior.logProbability(near) > most + 1e-9) {
                        assertThat(near)
                                .as("better, so forbidden")
                                .satisfiesAnyOf(
                                        each -> assertThat(List.of(each[0], each[9]))
                                                .isEqualTo(List.of(3, 4)),
                                        each -> assertThat(Arrays.copyOfRange(each, 1, 4))
                                                .containsExactly(2, 4, 7));
                    }
                }
            }
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (Combinations learned : List.of(
                cars().withExponents(Map.of("type", 0.25)).forbid("brand=Audi", "type=Van"),
                learn(
                        HEADS,
                        List.of(),
                        times(9, car("Audi", "SUV")),
                        times(9, car("Ford", "")),
                        times(2, car("Ford", "Van"))),
                learn(HEADS, List.of(), times(9, car("Audi", ""))))) {
            Combinations read = Combinations.fromJson(learned.toJson(), HEADS);
            assertThat(read.toJson()).isEqualTo(learned.toJson());
            assertThat(read).hasToString(learned.toString());
            assertThat(read.answer(predicted(0.4, 0.3))).isEqualTo(learned.answer(predicted(0.4, 0.3)));
        }
    }

    @Test
    void aTextHasNamesAndCountsAndNothingElse() {
        assertThat(cars().forbid("brand=Audi", "type=Van").toJson())
                .isEqualTo("{\"heads\":[\"brand\",\"type\"],\"exponents\":{\"brand\":1.0,\"type\":1.0},"
                        + "\"rules\":[{\"brand\":\"Audi\",\"type\":\"Van\"}],\"counts\":[\"20 23\",\"23 20\"],"
                        + "\"combinations\":[\"20 0 0\",\"3 1 0\",\"20 1 1\"]}");
        assertThat(pairs())
                .contains("\"pairs\":[{\"given\":\"brand\",\"head\":\"type\",\"table\":[\"0:20\",\"0:3 1:20\"]}]}");
    }

    private static String pairs() {
        return cars().toJson()
                .replace(
                        "\"combinations\":[\"20 0 0\",\"3 1 0\",\"20 1 1\"]",
                        "\"pairs\":[{\"given\":\"brand\",\"head\":\"type\",\"table\":[\"0:20\",\"0:3 1:20\"]}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"brand\",\"type\"]|\"brand\",\"typ\"]|no head 'typ'; there are 3 names",
                "\"brand\",\"type\"]|\"brand\",\"tags\"]|'counts' of the combinations has '23 20', expected are 1 numbers",
                "{\"heads\":[\"brand\",\"type\"]|{\"heads\":[]|no heads given",
                "{\"heads\":|{\"heeds\":|'combinations.heads' must be a list, but is missing",
                "\"type\":1.0|\"type\":-1|the exponent -1.0 of head 'type' is outside [0, 100]",
                "\"type\":1.0|\"type\":1e300|the exponent 1.0E300 of head 'type' is outside [0, 100]",
                "\"type\":1.0|\"typ\":1|'combinations.exponents.type' must be a number, but is missing",
                "\"23 20\"]|\"23 -20\"]|'counts' of the combinations has '23 -20', expected are whole numbers",
                "\"23 20\"]|\"23 3000000000\"]|'counts' of the combinations has '23 3000000000', expected are whole",
                "\"23 20\"]|\"\"]|'counts' of the combinations has '', expected are whole numbers of at least 0",
                ",\"23 20\"]|]|'counts' of the combinations has 1 lines, expected are 2",
                "\"3 1 0\"|\"3 1\"|'combinations' of the combinations has '3 1', expected are 3 numbers",
                "\"3 1 0\"|\"3 1 2\"|'combinations' of the combinations has '3 1 2', expected are categories of the heads",
                "\"3 1 0\"|\"0 1 0\"|'combinations' of the combinations has '0 1 0', expected are a count of at least 1",
                "\"3 1 0\"|\"3 0 0\"|'combinations' of the combinations has '3 0 0', expected are a count of at least 1, and",
                "[\"20 0 0\",\"3 1 0\",\"20 1 1\"]|[]|'combinations' is empty",
                "\"combinations\":|\"others\":|'combinations.pairs' must be a list, but is missing",
                "\"counts\":|\"rules\":[{}],\"counts\":|a rule forbids nothing",
                "\"counts\":|\"rules\":[{\"brand\":\"BMW\"}],\"counts\":|'BMW' is not one of its 2 names",
                "\"counts\":|\"rules\":[{\"brand\":7}],\"counts\":|'combinations.rules[0].brand' must be a text, got 7",
            })
    void aChangedTextIsRefused(String part, String change, String problem) {
        String text = cars().toJson();
        assertThat(text).contains(part);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Combinations.fromJson(text.replace(part, change), HEADS))
                .withMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"given\":\"brand\"|\"given\":\"type\"|a head depends on itself",
                "\"pairs\":[{|\"pairs\":[{\"given\":\"brand\",\"head\":\"type\",\"table\":[\"\",\"\"]},{|a head depends on two",
                "\"0:3 1:20\"|\"1:20 0:3\"|'table' of the combinations has '0:3', expected are CATEGORY:COUNT",
                "\"0:3 1:20\"|\"0:3 2:20\"|'table' of the combinations has '2:20', expected are CATEGORY:COUNT",
                "\"0:3 1:20\"|\"0:3 1\"|'table' of the combinations has '1', expected are CATEGORY:COUNT",
                "\"0:3 1:20\"|\"0:3 1:0\"|'table' of the combinations has '1:0', expected are CATEGORY:COUNT",
                ",\"0:3 1:20\"||'table' of the combinations has 1 lines, expected are 2",
            })
    void aChangedTableIsRefused(String part, String change, String problem) {
        String text = pairs();
        assertThat(text).contains(part);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Combinations.fromJson(text.replace(part, change == null ? "" : change), HEADS))
                .withMessageContaining(problem);
    }

    @Test
    void theFileOfManyHeadsStaysSmall() {
        HeadSet heads = HeadSet.of(IntStream.range(0, 30)
                .mapToObj(head -> Head.singleLabel(
                        "h" + head,
                        IntStream.range(0, 100).mapToObj(Integer::toString).toList()))
                .toList());
        Random random = new Random(5);
        List<Labels> rows = new ArrayList<>();
        for (int row = 0; row < 3000; row++) {
            Labels.Builder labels = Labels.builder(heads);
            int common = random.nextInt(100);
            IntStream.range(0, 30)
                    .forEach(
                            head -> labels.setIndex("h" + head, random.nextInt(3) == 0 ? random.nextInt(100) : common));
            rows.add(labels.build());
        }
        assertThat(learn(heads, List.of(), rows).toJson().length() / 29)
                .as("characters of each pair of heads")
                .isLessThan(20_000);
    }

    @Test
    void aModelWithoutSingleLabelHeadsHasNothingToAnswerTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CombinationLearner(HEADS.select(List.of("tags")), List.of()))
                .withMessage("no head of [tags] has one category for an image: there is nothing to answer together");
    }

    @Test
    void thePredictionOfEachHeadIsNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cars().answer(predicted(0.5, 0.5).subList(0, 2)))
                .withMessage("no prediction of head 'type' among those of [brand, tags]");
    }
}
