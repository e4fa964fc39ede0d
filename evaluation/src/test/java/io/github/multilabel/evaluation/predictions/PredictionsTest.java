package io.github.multilabel.evaluation.predictions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.model.prediction.CategoryProbability;
import io.github.multilabel.model.prediction.HeadPrediction;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a model says of labelled images is kept with what is right. */
class PredictionsTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("brand", "Audi", "BMW", "Fiat"), Head.multiLabel("tags", "night", "rain"));

    private static Predictions two() {
        return Predictions.builder(HEADS)
                .add(
                        "a.jpg",
                        Labels.builder(HEADS)
                                .set("brand", "Fiat")
                                .set("tags", List.of("rain"))
                                .build(),
                        new float[] {1, 2.5f, -1},
                        new float[] {-3, 0.5f})
                .add("b.jpg", Labels.missing(HEADS), new float[] {4, 4, 0}, new float[] {0, 9})
                .build();
    }

    @Test
    void logitsAndLabelsAreThoseThatWereAdded() {
        Predictions predictions = two();

        assertThat(predictions.size()).isEqualTo(2);
        assertThat(predictions.source(1)).isEqualTo("b.jpg");
        assertThat(predictions.head("brand").logit(0, 1)).isEqualTo(2.5f);
        assertThat(predictions.head("tags").logit(1, 1)).isEqualTo(9);
        assertThat(predictions.labels(0)).hasToString("brand=Fiat, tags=rain");
        assertThat(predictions.labels(1)).hasToString("brand=?, tags=?");
        assertThat(predictions.head("brand").support()).isEqualTo(1);
        assertThat(predictions.head("tags").isRight(0, 0)).isFalse();
        assertThat(predictions.head("tags").isRight(0, 1)).isTrue();
        assertThat(predictions.head("tags").isRight(1, 1))
                .as("its label is missing")
                .isFalse();
    }

    @Test
    void probabilitiesAreThoseOfPredictors() {
        Predictions predictions = two();

        for (PredictedHead head : predictions.all()) {
            float[] logits = new float[head.head().size()];
            for (int k = 0; k < logits.length; k++) {
                logits[k] = head.logit(0, k);
            }
            assertThat(head.probabilities(0))
                    .containsExactly(
                            HeadPrediction.fromLogits(head.head(), logits).probabilities().stream()
                                    .mapToDouble(CategoryProbability::probability)
                                    .toArray(),
                            within(1e-15));
        }
    }

    @Test
    void ofEquallyProbableCategoriesTheFirstIsTheBest() {
        SingleLabelPredictions brand = two().head("brand").when(single -> single, multi -> null);

        assertThat(brand.best(1)).isZero();
        assertThat(IntStream.range(0, 3).map(k -> brand.rank(1, k))).containsExactly(0, 1, 2);
        assertThat(IntStream.range(0, 3).map(k -> brand.rank(0, k))).containsExactly(1, 0, 2);
    }

    @Test
    void theLogarithmOfAProbabilityIsExactWhereTheProbabilityIsZero() {
        SingleLabelPredictions brand = Predictions.builder(HEADS)
                .add("far", Labels.missing(HEADS), new float[] {0, 2000, 2000}, new float[2])
                .build()
                .head("brand")
                .when(single -> single, multi -> null);

        assertThat(brand.probabilities(0)[0]).isZero();
        assertThat(brand.logProbability(0, 0)).isEqualTo(-2000 - Math.log(2), within(1e-9));
    }

    @Test
    void probabilitiesFromElsewhereAreTakenAsTheyAre() {
        Predictions predictions = Predictions.builder(HEADS)
                .addProbabilities("a", Labels.missing(HEADS), new double[] {0.5, 0.5, 0}, new double[] {0, 0.75})
                .build();

        assertThat(predictions.head("brand").probabilities(0))
                .containsExactly(new double[] {0.5, 0.5, 0}, within(1e-7));
        assertThat(predictions.head("tags").probabilities(0)).containsExactly(new double[] {0, 0.75}, within(1e-7));
    }

    @Test
    void manyImagesAreKeptInOrder() {
        Predictions.Builder builder = Predictions.builder(HEADS);
        for (int i = 0; i < 10_000; i++) {
            Labels labels = Labels.builder(HEADS).setIndex("brand", i % 4 - 1).build();
            builder.add("image " + i, labels, new float[] {i, -i, 0}, new float[] {i, 1});
        }
        Predictions predictions = builder.build();

        assertThat(IntStream.range(0, 10_000))
                .allMatch(i -> predictions.head("brand").logit(i, 1) == -i
                        && predictions.head("tags").logit(i, 0) == i
                        && predictions.labels(i).index("brand") == i % 4 - 1
                        && predictions.source(i).equals("image " + i));
    }

    @Test
    void someHeadsCanBeSelected() {
        Predictions tags = two().select(List.of("tags"));

        assertThat(tags.heads().names()).containsExactly("tags");
        assertThat(tags.head("tags").logit(1, 1)).isEqualTo(9);
        assertThat(tags.source(0)).isEqualTo("a.jpg");
    }

    @Test
    void whatImagesShareIsKnownOnceItIsGiven() {
        Predictions predictions = two();

        assertThat(predictions.withGroups(List.of("car 7", "car 8")).group(1)).isEqualTo("car 8");
        assertThatIllegalStateException()
                .isThrownBy(() -> predictions.group(0))
                .withMessage("these predictions have no groups; withGroups gives them some");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> predictions.withGroups(List.of("car 7")))
                .withMessage("withGroups needs one for each of the 2 images, got 1");
    }

    @Test
    void anImageThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> two().head("brand").logit(2, 0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("row 2 of head 'brand': there are 2");
        assertThatThrownBy(() -> two().source(-1)).hasMessage("image -1: there are 2");
    }

    @Test
    void logitsThatDoNotFitAreRefused() {
        Predictions.Builder builder = Predictions.builder(HEADS);
        Labels labels = Labels.missing(HEADS);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.add("a.jpg", labels, new float[3]))
                .withMessage("image 'a.jpg' needs logits of the 2 heads [brand, tags], got those of 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.add("a.jpg", labels, new float[3], new float[3]))
                .withMessage("image 'a.jpg', head 'tags': a logit for each of its 2 categories is needed, got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.add("a.jpg", labels, new float[] {0, Float.NaN, 0}, new float[2]))
                .withMessageStartingWith(
                        "image 'a.jpg', head 'brand': its logits have to be finite, got [0.0, NaN, 0.0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.addProbabilities("a.jpg", labels, new double[] {2, 0, 0}, new double[2]))
                .withMessage("image 'a.jpg': the probability 2.0 is outside [0, 1]");
        assertThat(builder.build().size()).as("nothing was added").isZero();
    }
}
