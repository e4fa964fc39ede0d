package io.github.multilabel.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricTest {

    private static final HeadSet CARS =
            HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"), Head.multiLabel("tags", "night", "rain"));

    /** Names that collide with those of other metrics, or that look as if they did. */
    private static final HeadSet ODD = heads(
            "mean",
            "exact",
            "loss",
            "accuracy",
            "macro",
            "train",
            "train_type",
            "training",
            "trainer",
            "validation",
            "validation_type",
            "brand",
            "brand_macro",
            "brand.macro",
            "brand.weighted",
            "a.b",
            "a_b",
            "_",
            ".",
            "brand_full",
            "mistake");

    /** The same, of which some determine others. */
    private static final HeadSet ODD_HIERARCHIES = ODD.withParent("brand", "brand_full", Map.of())
            .withParent("brand_macro", "brand_full", Map.of())
            .withParent("mean", "mistake", Map.of());

    private static HeadSet heads(String... names) {
        return HeadSet.of(Arrays.stream(names)
                .map(name -> Head.singleLabel(name, "yes", "no"))
                .toList());
    }

    @Test
    void metricsAreNamedInSnakeCase() {
        assertThat(Metric.all(CARS).keySet())
                .containsExactly(
                        "mean_accuracy",
                        "exact_match",
                        "loss",
                        "brand_accuracy",
                        "brand_macro_f1",
                        "brand_macro_precision",
                        "brand_macro_recall",
                        "brand_weighted_f1",
                        "brand_loss",
                        "tags_accuracy",
                        "tags_macro_f1",
                        "tags_macro_precision",
                        "tags_macro_recall",
                        "tags_weighted_f1",
                        "tags_loss");
        assertThat(Metric.Part.VALIDATION.name("brand_accuracy")).isEqualTo("validation_brand_accuracy");
        assertThat(Metric.Part.TRAIN.name("loss")).isEqualTo("train_loss");
    }

    @Test
    void headsOfTenSingleCategoriesHaveTheFiveMostProbableToo() {
        List<String> ten = IntStream.range(0, 10).mapToObj(i -> "c" + i).toList();
        assertThat(Metric.find("head_top5", HeadSet.of(Head.singleLabel("head", ten))))
                .isPresent();
        assertThat(Metric.find("head_top5", HeadSet.of(Head.singleLabel("head", ten.subList(0, 9)))))
                .isEmpty();
        assertThat(Metric.find("head_top5", HeadSet.of(Head.multiLabel("head", ten))))
                .isEmpty();
    }

    @Test
    void theDottedNamesOfBeforeAreStillRead() {
        assertThat(Metric.named("brand.macro_f1", CARS)).hasToString("brand_macro_f1");
        assertThat(Metric.named("brand_macro_f1", CARS).formerName()).isEqualTo("brand.macro_f1");
        assertThat(Metric.Part.TRAIN.metric("training.loss")).contains("loss");
        assertThat(Metric.Part.TRAIN.metric("train_loss")).contains("loss");
        assertThat(Metric.Part.VALIDATION.metric("validation.brand.loss")).contains("brand.loss");
        assertThat(Metric.Part.VALIDATION.metric("loss")).isEmpty();
    }

    @Test
    void aMetricReadsItsNumber() {
        Labels audi = Labels.builder(CARS).set("brand", "Audi").build();
        Evaluation evaluation = Evaluation.perfect(CARS, List.of(audi));
        assertThat(Metric.named("brand_accuracy", CARS).of(evaluation)).isEqualTo(1);
        assertThat(Metric.named("brand_macro_f1", CARS).of(evaluation)).isEqualTo(1);
        assertThat(Metric.named("loss", CARS).of(evaluation)).isZero();
        assertThat(Metric.named("tags_accuracy", CARS).of(evaluation)).isNaN();
    }

    @Test
    void lossesAreBetterWhenTheyAreLower() {
        assertThat(Metric.all(CARS).values())
                .filteredOn(metric -> !metric.higherIsBetter())
                .extracting(Metric::name)
                .containsExactly("loss", "brand_loss", "tags_loss");
        assertThat(Metric.named("loss", CARS).gain(0.5, 0.75)).isEqualTo(0.25);
        assertThat(Metric.named("brand_accuracy", CARS).gain(0.5, 0.75)).isEqualTo(-0.25);
    }

    @Test
    void anUnknownNameIsRefusedWithSimilarOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metric.named("brand.acuracy", CARS))
                .withMessageContaining(
                        "there is no metric 'brand.acuracy'; there are loss, mean_accuracy, exact_match, or"
                                + " HEAD_accuracy, HEAD_macro_f1")
                .withMessageContaining(" for the heads [brand, ")
                .withMessageContaining("did you mean 'brand_accuracy'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metric.named("train_loss", CARS))
                .withMessageContaining("there is no metric 'train_loss'");
    }

    @Test
    void headsWithNamesThatWouldCollideKeepADot() {
        assertThat(Metric.all(ODD).keySet().stream().filter(name -> name.endsWith("accuracy")))
                .containsExactly(
                        "mean_accuracy",
                        "mean.accuracy",
                        "exact_accuracy",
                        "loss_accuracy",
                        "accuracy_accuracy",
                        "macro_accuracy",
                        "train.accuracy",
                        "train_type.accuracy",
                        "training_accuracy",
                        "trainer_accuracy",
                        "validation.accuracy",
                        "validation_type.accuracy",
                        "brand_accuracy",
                        "brand_macro_accuracy",
                        "brand.macro_accuracy",
                        "brand.weighted_accuracy",
                        "a.b_accuracy",
                        "a_b_accuracy",
                        "__accuracy",
                        "._accuracy",
                        "brand_full_accuracy",
                        "mistake_accuracy");
    }

    @Test
    void everyMetricHasANameOfItsOwnWhateverHeadsAreCalled() {
        List<String> names = new ArrayList<>();
        for (String name : Metric.all(ODD_HIERARCHIES).keySet()) {
            names.add(name);
            for (Metric.Part part : Metric.Part.values()) {
                names.add(part.name(name));
                assertThat(Metric.find(part.name(name), ODD_HIERARCHIES))
                        .as("%s is not mistaken for a metric without a part", part.name(name))
                        .isEmpty();
                assertThat(part.metric(part.name(name))).contains(name);
            }
        }
        assertThat(names).hasSize(3 * (3 + 6 * ODD.size() + 3 * 3)).doesNotHaveDuplicates();
        assertThat(Metric.all(ODD_HIERARCHIES).values())
                .allSatisfy(metric -> assertThat(List.of(metric.name(), metric.formerName()))
                        .allSatisfy(name -> assertThat(
                                        Metric.find(name, ODD_HIERARCHIES).map(Metric::name))
                                .isEqualTo(Optional.of(metric.name()))));
    }
}
