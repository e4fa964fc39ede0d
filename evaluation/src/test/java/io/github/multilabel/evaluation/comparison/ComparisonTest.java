package io.github.multilabel.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.scoring.Bootstrap;
import io.github.multilabel.evaluation.scoring.Interval;
import io.github.multilabel.evaluation.scoring.PredictionMetric;
import io.github.multilabel.evaluation.scoring.PredictionMetrics;
import io.github.multilabel.model.heads.HeadThreshold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Bootstrap FEW = new Bootstrap(1, 100, 0.95);
    private static final HeadSet BRAND = HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"));

    /** Images that show an Audi, of which each is answered rightly or not. */
    private static Predictions audis(boolean... right) {
        Predictions.Builder builder = Predictions.builder(BRAND);
        for (int i = 0; i < right.length; i++) {
            add(builder, "image " + i, "Audi", right[i] ? "Audi" : "BMW");
        }
        return builder.build();
    }

    private static void add(Predictions.Builder builder, String source, String label, String answer) {
        Labels.Builder labels = Labels.builder(BRAND);
        if (!label.isEmpty()) {
            labels.set("brand", label);
        }
        builder.add(source, labels.build(), answer.equals("Audi") ? new float[] {2, 0} : new float[] {0, 2});
    }

    private static Predictions brands(String... sourceLabelAnswer) {
        Predictions.Builder builder = Predictions.builder(BRAND);
        for (int i = 0; i < sourceLabelAnswer.length; i += 3) {
            add(builder, sourceLabelAnswer[i], sourceLabelAnswer[i + 1], sourceLabelAnswer[i + 2]);
        }
        return builder.build();
    }

    @Test
    void predictionsDoNotDifferFromThemselves() {
        Predictions drawn = DrawnPairs.of(60, 2);
        Comparison comparison = Comparison.of(drawn, drawn, FEW);
        assertThat(comparison.metrics())
                .hasSameSizeAs(PredictionMetric.all(DrawnPairs.HEADS).keySet());
        assertThat(comparison.metrics()).allSatisfy(metric -> {
            assertThat(metric.difference()).as(metric.metric()).isEqualTo(new Interval(0, 0, 0));
            assertThat(metric.verdict()).isEqualTo(Verdict.UNDECIDED);
        });
        assertThat(comparison.heads()).allSatisfy(head -> {
            assertThat(head.answers()).isEqualTo(new McNemar(0, 0, 1));
            assertThat(head.categories())
                    .allSatisfy(each -> assertThat(each.corrected()).isEqualTo(1));
        });
        assertThat(comparison.overlap())
                .isEqualTo(new Overlap(60, 0, 0, List.of(), List.of(), Map.of("brand", 0, "tags", 0)));
    }

    @Test
    void theValuesAreThoseOfEachModelAlone() {
        Predictions a = DrawnPairs.of(60, 2);
        Predictions b = DrawnPairs.of(60, 3);
        Comparison comparison = Comparison.of(a, b, FEW);
        PredictionMetrics ofA = PredictionMetrics.of(a);
        PredictionMetrics ofB = PredictionMetrics.of(b);
        assertThat(comparison.metrics()).allSatisfy(metric -> {
            assertThat(metric.a()).isCloseTo(ofA.value(metric.metric()), within(1e-12));
            assertThat(metric.b()).isCloseTo(ofB.value(metric.metric()), within(1e-12));
            assertThat(metric.difference().value()).isEqualTo(metric.b() - metric.a());
        });
        assertThat(comparison.head("tags").category("red").b())
                .isEqualTo(ofB.evaluation().head("tags").category("red"));
    }

    @Test
    void theOrderOfImagesHeadsAndCategoriesDoesNotMatter() {
        Predictions a = DrawnPairs.of(60, 2);
        Predictions b = DrawnPairs.of(60, 3)
                .withThresholds(List.of(new HeadThreshold.OfTags("tags", List.of(0.3, 0.6, 0.8)))); // red, new, parked
        Predictions shuffled = DrawnPairs.shuffled(60, 3)
                .withThresholds(List.of(new HeadThreshold.OfTags("tags", List.of(0.8, 0.3, 0.6))));
        Comparison straight = Comparison.of(a, b, FEW);
        assertThat(Comparison.of(a, shuffled, FEW).json(List.of())).isEqualTo(straight.json(List.of()));
        Comparison turned = Comparison.of(shuffled, a, FEW);
        assertThat(straight.metrics()).allSatisfy(metric -> {
            if (metric.metric().equals("brand_kappa_quadratic")) {
                return; // the distance of categories is that of their places in A
            }
            Interval back = turned.metric(metric.metric()).difference();
            assertThat(back.value()).isCloseTo(-metric.difference().value(), within(1e-12));
            assertThat(back.low()).isCloseTo(-metric.difference().high(), within(1e-12));
            assertThat(back.high()).isCloseTo(-metric.difference().low(), within(1e-12));
        });
    }

    @Test
    void intervalsCoverTheTrueDifferenceInAboutNinetyFiveOfAHundredSimulations() {
        Random random = new Random(4);
        int simulations = 150;
        int covered = 0;
        for (int i = 0; i < simulations; i++) {
            boolean[] ofA = new boolean[100];
            boolean[] ofB = new boolean[100];
            for (int image = 0; image < ofA.length; image++) {
                boolean isEasy = random.nextDouble() < 0.7; // which makes the answers go together
                ofA[image] = random.nextDouble() < (isEasy ? 0.98 : 0.05);
                ofB[image] = random.nextDouble() < (isEasy ? 0.98 : 0.35);
            }
            Interval difference = Comparison.of(audis(ofA), audis(ofB), new Bootstrap(i, 100, 0.95))
                    .metric("brand_accuracy")
                    .difference();
            covered += difference.low() <= 0.09 && 0.09 <= difference.high() ? 1 : 0;
        }
        // independent resamples for A and B would cover it in all
        assertThat(covered).isBetween(135, 147);
    }

    @Test
    void answersAreTestedImageByImage() {
        Predictions a = brands(
                "1", "Audi", "Audi", "2", "Audi", "BMW", "3", "BMW", "Audi", "4", "BMW", "Audi", "5", "", "Audi", "6",
                "BMW", "BMW");
        Predictions b = brands(
                "1", "Audi", "BMW", "2", "Audi", "BMW", "3", "BMW", "BMW", "4", "BMW", "BMW", "5", "", "BMW", "6",
                "BMW", "BMW");
        HeadComparison brand = Comparison.of(a, b, FEW).head("brand");
        assertThat(brand.support()).isEqualTo(5);
        assertThat(brand.answers()).isEqualTo(new McNemar(1, 2, 1));
        assertThat(brand.category("Audi").found()).isEqualTo(new McNemar(1, 0, 1));
        assertThat(brand.category("BMW").found()).isEqualTo(new McNemar(0, 2, 0.5));
        assertThat(brand.category("BMW").corrected()).isEqualTo(1);
        assertThat(brand.category("BMW").a().recall()).isCloseTo(1 / 3.0, within(1e-15));
    }

    @Test
    void aWholeSetOfTagsIsOneAnswer() {
        HeadSet tags = HeadSet.of(Head.multiLabel("tags", "red", "new"));
        Labels red = Labels.builder(tags).set("tags", List.of("red")).build();
        Predictions a =
                Predictions.builder(tags).add("1", red, new float[] {1, 1}).build();
        Predictions b =
                Predictions.builder(tags).add("1", red, new float[] {1, -1}).build();
        HeadComparison head = Comparison.of(a, b, FEW).head("tags");
        assertThat(head.answers()).isEqualTo(new McNemar(0, 1, 1));
        assertThat(head.category("red").found()).isEqualTo(new McNemar(0, 0, 1));
        assertThat(head.category("new").found().p()).as("no image has it").isNaN();
    }

    @Test
    void aLossIsBetterWhenItIsLower() {
        boolean[] all = new boolean[40];
        boolean[] none = new boolean[40];
        Arrays.fill(all, true);
        none[0] = true; // so that something is drawn
        Comparison comparison = Comparison.of(audis(none), audis(all), FEW);
        assertThat(comparison.metric("brand_loss").difference().high()).isNegative();
        assertThat(comparison.metric("brand.loss").verdict()).isEqualTo(Verdict.BETTER);
        assertThat(comparison.metric("brand_accuracy").verdict()).isEqualTo(Verdict.BETTER);
        assertThat(Comparison.of(audis(all), audis(none), FEW).metric("loss").verdict())
                .isEqualTo(Verdict.WORSE);
        assertThat(comparison.table()).contains("B is better", "p = 3.6e-12", "Audi, recall 0.025 in A, 1.000 in B");
    }

    @Test
    void whatOnlyOneHasIsCountedAndLeftOut() {
        Predictions a = brands("x", "Audi", "Audi", "y", "Audi", "BMW", "z", "Audi", "BMW");
        Predictions b = brands("new", "Audi", "BMW", "y", "Audi", "Audi", "x", "Audi", "Audi", "newer", "BMW", "Audi");
        Comparison comparison = Comparison.of(a, b, FEW);
        assertThat(comparison.overlap().images()).isEqualTo(2);
        assertThat(comparison.overlap().onlyA()).isEqualTo(1);
        assertThat(comparison.overlap().onlyB()).isEqualTo(2);
        assertThat(comparison.metric("brand_accuracy").a()).isEqualTo(0.5);
        assertThat(comparison.metric("brand_accuracy").b()).isEqualTo(1);
        assertThat(comparison.table()).startsWith("2 images compared; only A has 1, only B 2");
    }

    @Test
    void imagesOfTheSameNameAreMatchedOneAfterTheOther() {
        Predictions a = brands("x", "Audi", "Audi", "x", "BMW", "Audi", "x", "BMW", "BMW");
        Predictions b = brands("x", "Audi", "Audi", "y", "Audi", "Audi", "x", "BMW", "BMW");
        Comparison comparison = Comparison.of(a, b, FEW);
        assertThat(comparison.overlap()).isEqualTo(new Overlap(2, 1, 1, List.of(), List.of(), Map.of("brand", 0)));
        assertThat(comparison.head("brand").answers()).isEqualTo(new McNemar(0, 1, 1));
    }

    @Test
    void labelsThatContradictEachOtherAreLeftOutAndOnesThatOneKnowsCountForBoth() {
        Predictions a = brands("1", "Audi", "Audi", "2", "BMW", "BMW", "3", "", "BMW", "4", "", "BMW");
        Predictions b = brands("1", "BMW", "BMW", "2", "BMW", "BMW", "3", "Audi", "Audi", "4", "", "BMW");
        Comparison comparison = Comparison.of(a, b, FEW);
        assertThat(comparison.overlap().contradictions()).containsExactly(Map.entry("brand", 1));
        assertThat(comparison.head("brand").support()).isEqualTo(2);
        assertThat(comparison.metric("brand_accuracy").a()).isEqualTo(0.5);
        assertThat(comparison.metric("brand_accuracy").b()).isEqualTo(1);
        assertThat(comparison.table()).contains("brand: labels that contradict each other, left out: 1");
    }

    @Test
    void withoutAnyLabelNothingIsDefined() {
        Predictions unlabelled = brands("1", "", "Audi", "2", "", "BMW");
        Comparison comparison = Comparison.of(unlabelled, unlabelled, FEW);
        assertThat(comparison.metric("brand_accuracy").difference().value()).isNaN();
        assertThat(comparison.head("brand").answers().p()).isNaN();
        JsonObject metric = JsonParser.parseString(comparison.json(List.of()))
                .getAsJsonObject()
                .getAsJsonObject("metrics")
                .getAsJsonObject("brand_accuracy");
        assertThat(metric)
                .hasToString("{\"a\":null,\"b\":null,\"difference\":null,\"low\":null,\"high\":null,"
                        + "\"verdict\":\"undecided\"}");
        assertThat(comparison.table()).contains("n/a").doesNotContain("NaN");
    }

    @Test
    void headsThatOnlyOneHasAreNamed() {
        Predictions both = DrawnPairs.of(20, 2);
        Comparison comparison = Comparison.of(both.select(List.of("tags")), both, FEW);
        assertThat(comparison.headSet().names()).containsExactly("tags");
        assertThat(comparison.overlap().headsOnlyA()).isEmpty();
        assertThat(comparison.overlap().headsOnlyB()).containsExactly("brand");
        assertThat(comparison.table()).contains("not compared, only B has them: brand");
    }

    @Test
    void whatCannotBeComparedIsRefusedWithTheReason() {
        Predictions brands = audis(true, false);
        HeadSet others = HeadSet.of(Head.singleLabel("brand", "Audi", "Fiat"));
        assertRefused(brands, Predictions.builder(others).build())
                .withMessageContainingAll("head 'brand'", "only in A [BMW], only in B [Fiat]");
        assertRefused(
                        brands,
                        Predictions.builder(HeadSet.of(Head.multiLabel("brand", "Audi", "BMW")))
                                .build())
                .withMessageContainingAll("is SINGLE_LABEL in A and MULTI_LABEL in B");
        assertRefused(
                        brands,
                        Predictions.builder(HeadSet.of(Head.multiLabel("tags", "red")))
                                .build())
                .withMessageContainingAll("no head in common", "[brand]", "[tags]");
        assertRefused(brands, brands("elsewhere/image 1", "Audi", "Audi"))
                .withMessageContainingAll("no image in common", "'image 0'", "'elsewhere/image 1'");
        assertRefused(brands, Predictions.builder(BRAND).build()).withMessageContaining("B none");
        assertRefused(brands.withGroups(List.of("1", "2")), brands.withGroups(List.of("1", "1")))
                .withMessageContainingAll("'image 1'", "'2' in A", "'1' in B");
    }

    private static ThrowableAssertAlternative<IllegalArgumentException> assertRefused(Predictions a, Predictions b) {
        return assertThatIllegalArgumentException().isThrownBy(() -> Comparison.of(a, b, FEW));
    }

    @Test
    void groupsAreDrawnWhole() {
        boolean[] ofA = new boolean[200];
        boolean[] ofB = new boolean[200];
        List<String> cars = new ArrayList<>();
        for (int i = 0; i < ofA.length; i++) {
            int car = i / 10;
            cars.add("car " + car);
            ofA[i] = car % 3 == 0;
            ofB[i] = car % 2 == 0;
        }
        Comparison images = Comparison.of(audis(ofA), audis(ofB), FEW);
        Comparison groups = Comparison.of(audis(ofA).withGroups(cars), audis(ofB), FEW);
        assertThat(width(groups)).isGreaterThan(2 * width(images));
        assertThat(groups.drawn()).isEqualTo(20);
        assertThat(groups.head("brand").answers().p())
                .as("images are not independent")
                .isNaN();
        assertThat(images.head("brand").answers().p()).isLessThan(0.01);
        assertThat(groups.table())
                .contains("of the 20 groups", "McNemar's test is not for images that belong together");
        List<String> alone = IntStream.range(0, 200).mapToObj(i -> "car " + i).toList();
        assertThat(Comparison.of(audis(ofA).withGroups(alone), audis(ofB), FEW)
                        .head("brand")
                        .answers())
                .isEqualTo(images.head("brand").answers());
    }

    private static double width(Comparison comparison) {
        Interval accuracy = comparison.metric("brand_accuracy").difference();
        return accuracy.high() - accuracy.low();
    }

    @Test
    void ofASingleGroupNothingIsKnownOfOthers() {
        Predictions a = audis(true, false).withGroups(List.of("car", "car"));
        Comparison comparison = Comparison.of(a, audis(true, true), FEW);
        assertThat(comparison.metric("brand_accuracy").difference().value()).isEqualTo(0.5);
        assertThat(comparison.metric("brand_accuracy").difference().low()).isNaN();
        assertThat(comparison.metric("brand_accuracy").verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void headsThatDetermineOthersAreComparedAsSuchWhereBothKnowIt() {
        HeadSet flat = HeadSet.of(Head.singleLabel("model", "A4", "X5"), Head.singleLabel("brand", "Audi", "BMW"));
        HeadSet deep = flat.withParent("model", "brand", Map.of("A4", "Audi", "X5", "BMW"));
        Labels labels =
                Labels.builder(flat).set("model", "A4").set("brand", "Audi").build();
        Predictions a = Predictions.builder(deep)
                .add("1", labels, new float[] {1, 0}, new float[] {0, 1})
                .build();
        Predictions b = Predictions.builder(flat)
                .add("1", labels, new float[] {1, 0}, new float[] {1, 0})
                .build();
        assertThat(Comparison.of(a, a, FEW).metric("model_broken").a()).isEqualTo(1);
        assertThat(Comparison.of(a, b, FEW).metrics())
                .extracting(MetricDifference::metric)
                .doesNotContain("model_broken");
    }

    @Test
    void thousandsOfCategoriesAreCompared() {
        List<String> models =
                IntStream.range(0, 2_000).mapToObj(k -> "model " + k).toList();
        HeadSet heads = HeadSet.of(Head.singleLabel("model", models));
        Random random = new Random(6);
        Predictions.Builder a = Predictions.builder(heads);
        Predictions.Builder b = Predictions.builder(heads);
        for (int i = 0; i < 3_000; i++) {
            int model = random.nextInt(2_000);
            Labels labels = Labels.builder(heads).setIndex("model", model).build();
            a.add("image " + i, labels, logits(model, random.nextInt(2) == 0));
            b.add("image " + i, labels, logits(model, true));
        }
        Comparison comparison = Comparison.of(a.build(), b.build(), FEW);
        assertThat(comparison.head("model").answers().onlyB()).isBetween(1_300L, 1_700L);
        assertThat(comparison.metric("model_accuracy").verdict()).isEqualTo(Verdict.BETTER);
        assertThat(comparison.head("model").categories())
                .as("of so few images each, and so many categories, none can be told")
                .allMatch(each -> !(each.corrected() < 0.05));
    }

    private static float[] logits(int model, boolean right) {
        float[] logits = new float[2_000];
        logits[right ? model : (model + 1) % 2_000] = 9;
        return logits;
    }

    @Test
    void onlySomeOfTheCategoriesThatDifferAreShown() {
        List<String> names = IntStream.range(0, 12).mapToObj(k -> "c" + k).toList();
        HeadSet heads = HeadSet.of(Head.multiLabel("tags", names));
        Labels all = Labels.builder(heads).set("tags", names).build();
        float[] yes = new float[12];
        Arrays.fill(yes, 1);
        Predictions.Builder a = Predictions.builder(heads);
        Predictions.Builder b = Predictions.builder(heads);
        for (int i = 0; i < 20; i++) {
            a.add("" + i, all, new float[12]);
            b.add("" + i, all, yes);
        }
        assertThat(Comparison.of(a.build(), b.build(), FEW).table())
                .contains("  c9, recall 0.000 in A, 1.000 in B", "  and 2 more categories")
                .doesNotContain("  c10, ");
    }

    @Test
    void theEvaluationOfEachHeadIsThatOfThePairs() {
        Evaluation alone = PredictionMetrics.evaluation(DrawnPairs.of(30, 2));
        Comparison comparison = Comparison.of(DrawnPairs.of(30, 2), DrawnPairs.of(60, 3), FEW);
        assertThat(comparison.overlap().onlyB()).isEqualTo(30);
        assertThat(comparison.head("brand").categories())
                .extracting(CategoryComparison::a)
                .isEqualTo(alone.head("brand").categories());
    }
}
