package io.github.multilabel.model.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PredictionTest {

    private static final Head TYPE = Head.singleLabel("type", "Van", "SUV", "Coupe");
    private static final Head TAGS = Head.multiLabel("tags", "sunroof", "spoiler", "towbar");

    private static Prediction car() {
        return new Prediction(
                "car \"1\".jpg",
                List.of(
                        HeadPrediction.fromLogits(TYPE, new float[] {0, 4, 1}),
                        HeadPrediction.fromLogits(TAGS, new float[] {2, -3, 0})));
    }

    @Test
    void aSingleLabelHeadAnswersWithSoftmax() { // torch.softmax(torch.tensor([0., 4., 1.]), 0)
        HeadPrediction type = car().head("type");
        assertThat(type.best().category()).isEqualTo("SUV");
        assertThat(type.probability("Van")).isCloseTo(0.01714783, within(1e-7));
        assertThat(type.probability("SUV")).isCloseTo(0.93623955, within(1e-7));
        assertThat(type.probability("Coupe")).isCloseTo(0.04661262, within(1e-7));
    }

    @Test
    void aMultiLabelHeadAnswersWithASigmoidPerCategory() { // torch.sigmoid(torch.tensor([2., -3., 0.]))
        HeadPrediction tags = car().head("tags");
        assertThat(tags.probability("sunroof")).isCloseTo(0.88079708, within(1e-7));
        assertThat(tags.probability("spoiler")).isCloseTo(0.04742587, within(1e-7));
        assertThat(tags.above(0.5)).extracting(CategoryProbability::category).containsExactly("sunroof", "towbar");
        assertThat(tags.above(0.9)).isEmpty();
        assertThat(tags.above(0)).hasSize(3);
    }

    @Test
    void largeLogitsDoNotOverflow() {
        HeadPrediction type = HeadPrediction.fromLogits(TYPE, new float[] {3e38f, -3e38f, 0});
        assertThat(type.probabilities())
                .extracting(CategoryProbability::probability)
                .containsExactly(1.0, 0.0, 0.0);
        HeadPrediction tags = HeadPrediction.fromLogits(TAGS, new float[] {3e38f, -3e38f, 0});
        assertThat(tags.probabilities())
                .extracting(CategoryProbability::probability)
                .containsExactly(1.0, 0.0, 0.5);
    }

    @Test
    void probabilitiesComeInTheOrderOfTheHeadAndTopInTheirOwn() {
        HeadPrediction type = car().head("type");
        assertThat(type.probabilities())
                .extracting(CategoryProbability::category)
                .containsExactly("Van", "SUV", "Coupe");
        assertThat(type.top(2)).extracting(CategoryProbability::category).containsExactly("SUV", "Coupe");
        assertThat(type.top(99)).hasSize(3);
    }

    @Test
    void ofEqualCategoriesTheFirstOfTheHeadIsBest() {
        assertThat(HeadPrediction.fromLogits(TYPE, new float[] {1, 1, 1}).best().category())
                .isEqualTo("Van");
    }

    @Test
    void whatIsPrintedDoesNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(car().head("type").best()).hasToString("SUV 0.94");
            assertThat(car()).hasToString("car \"1\".jpg: type=SUV 0.94, tags=[sunroof 0.88, towbar 0.50]");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void jsonIsOneLineWithEveryProbability() {
        String line = car().toJson();
        assertThat(line).doesNotContain("\n");
        JsonObject json = JsonParser.parseString(line).getAsJsonObject();
        assertThat(json.get("image").getAsString()).isEqualTo("car \"1\".jpg");
        JsonObject heads = json.getAsJsonObject("heads");
        assertThat(heads.keySet()).containsExactly("type", "tags");
        JsonObject type = heads.getAsJsonObject("type");
        assertThat(type.get("category").getAsString()).isEqualTo("SUV");
        assertThat(type.get("probability").getAsDouble())
                .isEqualTo(car().head("type").probability("SUV"));
        assertThat(type.getAsJsonObject("probabilities").keySet()).containsExactly("Van", "SUV", "Coupe");
        assertThat(heads.getAsJsonObject("tags").getAsJsonArray("categories")).hasToString("[\"sunroof\",\"towbar\"]");
    }

    private static Prediction combined(String type) {
        return new Prediction("car.jpg", car().heads())
                .withCombination(Optional.of(new Combination(Map.of("type", type), 0.75, true)));
    }

    @Test
    void theAnswerOfAllHeadsTogetherStandsBesideTheirOwn() {
        JsonObject json = JsonParser.parseString(combined("Van").toJson(1)).getAsJsonObject();
        assertThat(json.getAsJsonObject("heads")
                        .getAsJsonObject("type")
                        .get("category")
                        .getAsString())
                .isEqualTo("SUV");
        assertThat(json.get("combination"))
                .hasToString("{\"categories\":{\"type\":\"Van\"},\"probability\":0.75,\"unusual\":true}");
        assertThat(car().toJson()).doesNotContain("combination");
    }

    @Test
    void itIsPrintedOnlyWhereItIsAnother() {
        assertThat(combined("Van"))
                .hasToString("car.jpg: type=SUV 0.94, tags=[sunroof 0.88, towbar 0.50]; together type=Van 0.75");
        assertThat(combined("SUV")).hasToString("car.jpg: type=SUV 0.94, tags=[sunroof 0.88, towbar 0.50]");
    }

    @Test
    void jsonCanHaveTheMostProbableCategoriesAlone() {
        JsonObject type = JsonParser.parseString(car().toJson(2))
                .getAsJsonObject()
                .getAsJsonObject("heads")
                .getAsJsonObject("type");
        assertThat(type.getAsJsonObject("probabilities").keySet())
                .containsExactlyElementsOf(car().head("type").top(2).stream()
                        .map(CategoryProbability::category)
                        .toList());
        assertThatIllegalArgumentException().isThrownBy(() -> car().toJson(0)).withMessage("toJson(0): at least 1");
    }

    @Test
    void aFailureSaysWhichImageAndWhy() {
        PredictionResult failure = new PredictionFailure("a.jpg", "not an image");
        assertThat(failure.toJson()).isEqualTo("{\"image\":\"a.jpg\",\"error\":\"not an image\"}");
        assertThat(failure).hasToString("a.jpg: not an image");
        assertThat(failure.<String>when(Prediction::source, PredictionFailure::reason))
                .isEqualTo("not an image");
        assertThat(((PredictionResult) car()).<String>when(Prediction::source, PredictionFailure::reason))
                .isEqualTo("car \"1\".jpg");
    }

    @Test
    void unknownNamesAreAnsweredWithThoseThatAreNear() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> car().head("typ"))
                .withMessageContaining("no head 'typ'")
                .withMessageContaining("did you mean 'type'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> car().head("type").probability("Suv"))
                .withMessageContaining("did you mean 'SUV'");
    }

    @Test
    void argumentsOutsideTheirRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> car().head("type").top(0));
        for (double threshold : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> car().head("tags").above(threshold))
                    .withMessageContaining("outside [0, 1]");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeadPrediction(TYPE, List.of(new CategoryProbability("SUV", 1))))
                .withMessageContaining("[Van, SUV, Coupe], got probabilities of [SUV]");
    }

    @Test
    void anAnswerThatIsNotANumberIsAnErrorAndNoPrediction() {
        for (float logit : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> HeadPrediction.fromLogits(TYPE, new float[] {0, logit, 0}))
                    .withMessageContaining("'type'");
        }
    }
}
