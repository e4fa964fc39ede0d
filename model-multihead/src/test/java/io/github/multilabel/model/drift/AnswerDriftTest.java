package io.github.multilabel.model.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Answers are compared with those on the reference images. */
class AnswerDriftTest {

    private static final Head BRAND = Head.singleLabel("brand", List.of("Audi", "BMW", "Škoda"));
    private static final Head TAGS = Head.multiLabel("tags", List.of("sunroof", "spoiler"));

    private static Prediction prediction(int brand, float probability, boolean sunroof) {
        float[] brands = {(1 - probability) / 2, (1 - probability) / 2, (1 - probability) / 2};
        brands[brand] = probability;
        return new Prediction(
                "image",
                List.of(
                        HeadPrediction.fromProbabilities(BRAND, brands),
                        HeadPrediction.fromProbabilities(TAGS, new float[] {sunroof ? 0.95f : 0.05f, 0.25f})));
    }

    /** Half Audi, half BMW, every fourth with a sunroof. */
    private static Stream<Prediction> usual(int count) {
        return IntStream.range(0, count).mapToObj(i -> prediction(i % 2, 0.75f, i % 4 == 0));
    }

    private static final AnswerReference REFERENCE = AnswerReference.of(usual(1000));

    @Test
    void theReferenceHasCountsOfCategoriesAndProbabilities() {
        assertThat(REFERENCE.heads())
                .containsExactly(
                        new HeadReference(
                                "brand",
                                Head.Kind.SINGLE_LABEL,
                                1000,
                                Map.of("Audi", 500L, "BMW", 500L, "Škoda", 0L),
                                List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 1000L, 0L, 0L)),
                        new HeadReference(
                                "tags",
                                Head.Kind.MULTI_LABEL,
                                1000,
                                Map.of("sunroof", 250L, "spoiler", 0L),
                                List.of(750L, 0L, 1000L, 0L, 0L, 0L, 0L, 0L, 0L, 250L)));
        assertThat(REFERENCE.heads().get(0).categories().keySet()).containsExactly("Audi", "BMW", "Škoda");
    }

    @Test
    void theSameAnswersAreNoChange() {
        AnswerDrift drift = AnswerDrift.of(REFERENCE);
        usual(200).forEach(drift::add);

        for (HeadDrift head : drift.heads()) {
            assertThat(head.images()).isEqualTo(200);
            assertThat(head.categories()).isZero();
            assertThat(head.confidence()).isZero();
            assertThat(head.categoriesByChance()).isPositive();
        }
    }

    @Test
    void otherAnswersAreAChange() {
        AnswerDrift drift = AnswerDrift.of(REFERENCE);
        IntStream.range(0, 200).forEach(i -> drift.add(prediction(2, 0.45f, true)));

        HeadDrift brand = drift.head("brand");
        double gone = (0.5 - 1e-4) * Math.log(0.5 / 1e-4);
        double come = (1 - 1e-4) * Math.log(1 / 1e-4);
        assertThat(brand.categories()).isCloseTo(2 * gone + come, within(1e-12));
        assertThat(brand.confidence()).isCloseTo(2 * come, within(1e-12));
        assertThat(brand.shares().get(0)).isEqualTo(new HeadDrift.Share("Škoda", 0, 1));
        HeadDrift tags = drift.head("tags");
        assertThat(tags.categories()) // of the sunroof alone, as the spoiler has not changed
                .isCloseTo(StabilityIndex.of(new long[] {250, 750}, new long[] {200, 0}), within(1e-12));
        assertThat(tags.shares().get(0)).isEqualTo(new HeadDrift.Share("sunroof", 0.25, 1));
        assertThat(tags.confidenceByChance()).isNaN();
    }

    @Test
    void fewImagesAreNoNumber() {
        AnswerDrift drift = AnswerDrift.of(REFERENCE);
        assertThat(drift.head("brand").shares().get(0).now()).isNaN();
        usual(AnswerDrift.FEWEST - 1).forEach(drift::add);
        assertThat(drift.head("brand").categories()).isNaN();
        assertThat(drift.head("brand")).hasToString("brand: categories n/a, confidence n/a (99 images)");
        usual(1).forEach(drift::add);
        assertThat(drift.head("brand").categories()).isNotNaN();

        AnswerDrift ofFew = AnswerDrift.of(AnswerReference.of(usual(99)));
        usual(500).forEach(ofFew::add);
        assertThat(ofFew.head("brand").categories()).isNaN();
    }

    @Test
    void theWindowForgetsTheOldest() {
        AnswerDrift drift = AnswerDrift.of(REFERENCE, 100);
        IntStream.range(0, 250).forEach(i -> drift.add(prediction(2, 0.45f, true)));
        assertThat(drift.head("brand").images()).isEqualTo(100);
        usual(100).forEach(drift::add);

        assertThat(drift.head("brand").categories()).isZero();
        assertThat(drift.head("brand").confidence()).isZero();
        assertThat(drift.head("tags").categories()).isZero();
        assertThat(drift.head("tags").confidence()).isZero();
    }

    @Test
    void ofManyCategoriesTheRareOnesAreCountedTogether() {
        Head models = Head.singleLabel(
                "model", IntStream.range(0, 200).mapToObj(i -> "m" + i).toList());
        IntStream.Builder seen = IntStream.builder();
        IntStream.range(0, 200).forEach(k -> IntStream.range(0, k < 60 ? 10 : 1).forEach(i -> seen.add(199 - k)));
        List<Prediction> predictions = seen.build()
                .mapToObj(k -> {
                    float[] logits = new float[200];
                    logits[k] = 9;
                    return new Prediction("image", List.of(HeadPrediction.fromLogits(models, logits)));
                })
                .toList();
        AnswerReference reference = AnswerReference.of(predictions.stream());

        assertThat(reference.heads().get(0).categories()).hasSize(50).doesNotContainKey("m0");
        AnswerDrift drift = AnswerDrift.of(reference);
        predictions.forEach(drift::add);
        assertThat(drift.head("model").categories()).isZero();
        assertThat(drift.head("model").shares())
                .hasSize(51)
                .contains(new HeadDrift.Share("", 240.0 / 740, 240.0 / 740));
    }

    @Test
    void manyThreadsCountTogether() throws Exception {
        AnswerDrift drift = AnswerDrift.of(REFERENCE, 1000);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> adding = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> usual(1000).forEach(drift::add)))
                    .toList();
            for (Future<?> each : adding) {
                each.get();
                assertThat(drift.heads()).hasSize(2);
            }
        } finally {
            threads.shutdown();
        }
        HeadDrift brand = drift.head("brand");
        assertThat(brand.images()).isEqualTo(1000);
        assertThat(brand.shares().stream().mapToDouble(HeadDrift.Share::now).sum())
                .isCloseTo(1, within(1e-12));
        assertThat(brand.confidence()).isZero();
    }

    @Test
    void aPredictionOfAnotherModelIsRefusedAndNotCounted() {
        AnswerDrift drift = AnswerDrift.of(REFERENCE);
        Prediction other = new Prediction(
                "image", List.of(HeadPrediction.fromProbabilities(BRAND, new float[] {0.5f, 0.25f, 0.25f})));

        assertThatIllegalArgumentException().isThrownBy(() -> drift.add(other)).withMessageContaining("no head 'tags'");
        assertThat(drift.head("brand").images()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> drift.head("brnad"))
                .withMessageContaining("brand");
    }

    @Test
    void windowsOutsideTheirRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnswerDrift.of(REFERENCE, 99))
                .withMessage("window 99: at least 100, at most 10000000 predictions");
    }
}
