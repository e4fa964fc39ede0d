package io.github.multilabel.model.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PredictionColumnsTest {

    private static final Head TYPE = Head.singleLabel("type", "SUV", "Van");
    private static final Head TAGS = Head.multiLabel("tags", "sun", "snow");
    private static final HeadSet HEADS = HeadSet.of(TYPE, TAGS);

    private static Prediction car(float... tags) {
        return new Prediction(
                "car.jpg",
                List.of(HeadPrediction.fromLogits(TYPE, new float[] {0, 1}), HeadPrediction.fromLogits(TAGS, tags)));
    }

    @Test
    void eachHeadHasItsLabelItsPredictionAndItsProbabilities() {
        PredictionColumns columns = new PredictionColumns(HEADS, true, 1, true);

        assertThat(columns.header())
                .containsExactly(
                        "source",
                        "type.label",
                        "type.prediction",
                        "type.probability",
                        "type.p.SUV",
                        "type.p.Van",
                        "tags.label",
                        "tags.prediction",
                        "tags.probability",
                        "tags.p.sun",
                        "tags.p.snow",
                        "problem");
        assertThat(columns.cells(car(2, 1), Map.of("type", List.of("SUV"), "tags", List.of("snow", "sun"))))
                .containsExactly(
                        "car.jpg",
                        "SUV",
                        "Van",
                        "0.731059",
                        "0.268941",
                        "0.731059",
                        "snow|sun",
                        "sun|snow",
                        "0.880797|0.731059",
                        "0.880797",
                        "0.731059",
                        "");
    }

    @Test
    void aMissingLabelIsEmptyAndNoTagIsABareSeparator() {
        PredictionColumns columns = new PredictionColumns(HEADS, true, 1, false);

        assertThat(columns.cells(car(-2, -1), Map.of("tags", List.<String>of())))
                .containsExactly("car.jpg", "", "Van", "0.731059", "|", "|", "", "");
    }

    @Test
    void moreRanksAreMoreColumnsButNotMoreThanThereAreCategories() {
        PredictionColumns columns = new PredictionColumns(HEADS, false, 5, false);

        assertThat(columns.header())
                .containsExactly(
                        "source",
                        "type.prediction",
                        "type.probability",
                        "type.prediction.2",
                        "type.probability.2",
                        "tags.prediction",
                        "tags.probability",
                        "problem");
        assertThat(columns.cells(car(2, -1)))
                .containsExactly("car.jpg", "Van", "0.731059", "SUV", "0.268941", "sun", "0.880797", "");
    }

    @Test
    void anImageThatCouldNotBeUsedHasItsProblem() {
        PredictionColumns columns = new PredictionColumns(HEADS, true, 1, false);

        assertThat(columns.cells(new PredictionFailure("car.jpg", "cut off"), Map.of("type", List.of("Van"))))
                .containsExactly("car.jpg", "Van", "", "", "", "", "", "cut off");
    }

    @Test
    void whereHeadsAreAnsweredTogetherThatIsAColumnOfEach() {
        PredictionColumns columns =
                new PredictionColumns(HEADS, false, 1, false, false, List.of("type"), List.of(), false);
        assertThat(columns.header())
                .endsWith("tags.probability", "combination.type", "combination.probability", "unusual", "problem");

        Prediction together = new Prediction("car.jpg", car(-1, -1).heads())
                .withCombination(Optional.of(new Combination(Map.of("type", "SUV"), 0.5, true)));
        assertThat(columns.cells(together)).endsWith("|", "", "SUV", "0.500000", "true", "");
        assertThat(columns.cells(car(-1, -1))).as("without one").endsWith("|", "", "", "", "", "");
        assertThat(columns.cells(new PredictionFailure("car.jpg", "cut off")))
                .hasSameSizeAs(columns.header())
                .endsWith("", "", "", "cut off");
    }

    @Test
    void whatAPredictionIsSureOfIsAsInItsJsonWithTheMostSpecificAnswer() {
        PredictionColumns columns =
                new PredictionColumns(HEADS, false, 1, false, true, List.of("type"), List.of(), false);
        assertThat(columns.header())
                .containsSubsequence(
                        "tags.probability", "sure", "sure.category", "sure.probability", "combination.type");

        Prediction plain = car(-1, -1);
        HeadPrediction type = plain.head("type");
        assertThat(columns.cells(sure(plain, List.of(type, type))))
                .endsWith("|", "", "type|type", "Van", "0.731059", "", "", "", "");
        assertThat(columns.cells(sure(plain, List.of())))
                .as("of nothing")
                .endsWith("|", "", "|", "", "", "", "", "", "");
        assertThat(columns.cells(plain)).as("does not tell").endsWith("|", "", "", "", "", "", "", "", "");
        assertThat(columns.cells(new PredictionFailure("car.jpg", "cut off")))
                .hasSameSizeAs(columns.header())
                .endsWith("", "", "", "", "", "", "cut off");
    }

    private static Prediction sure(Prediction plain, List<HeadPrediction> of) {
        return new Prediction(plain.source(), plain.heads(), Optional.of(of), Optional.empty());
    }

    @Test
    void noRanksAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PredictionColumns(HEADS, false, 0, false));
    }

    @Test
    void noTwoColumnsAreNamedAlike() {
        HeadSet heads = HeadSet.of(TYPE, Head.singleLabel("probability", "a", "b"));

        assertThat(new PredictionColumns(heads, false, 1, false, false, heads.names(), List.of(), false).header())
                .endsWith(
                        "combination.type",
                        "combination.probability",
                        "combination.probability'",
                        "unusual",
                        "problem");
    }
}
