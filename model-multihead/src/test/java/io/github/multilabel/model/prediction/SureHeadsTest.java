package io.github.multilabel.model.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Hierarchy;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A prediction says of which heads of a hierarchy it is sure. */
class SureHeadsTest {

    private static final Head BRAND = Head.singleLabel("brand", "Audi", "BMW");
    private static final Head SERIES = Head.singleLabel("series", "A4", "TT", "X5");
    private static final Head MODEL = Head.singleLabel("model", "A4 2012", "TT 2012", "X5 2009", "kit car");
    private static final Head TYPE = Head.singleLabel("type", "saloon", "coupe", "SUV");
    /** The brand of a kit car is not known, nor its series. */
    private static final Hierarchy CARS = HeadSet.of(BRAND, TYPE, MODEL, SERIES)
            .withParent("series", "brand", Map.of("A4", "Audi", "TT", "Audi", "X5", "BMW"))
            .withParent("model", "type", Map.of("A4 2012", "saloon", "TT 2012", "coupe", "X5 2009", "SUV"))
            .withParent("model", "series", Map.of("A4 2012", "A4", "TT 2012", "TT", "X5 2009", "X5"))
            .hierarchy();

    private static HeadPrediction head(Head head, String best, double probability) {
        double other = (1 - probability) / (head.size() - 1);
        return new HeadPrediction(
                head,
                IntStream.range(0, head.size())
                        .mapToObj(head::category)
                        .map(name -> new CategoryProbability(name, name.equals(best) ? probability : other))
                        .toList());
    }

    private static Prediction car(HeadPrediction... heads) {
        return new Prediction("car.jpg", List.of(heads));
    }

    private static Prediction x5(double model) {
        return car(
                head(BRAND, "BMW", 0.97),
                head(TYPE, "SUV", 0.9),
                head(MODEL, "X5 2009", model),
                head(SERIES, "X5", 0.75));
    }

    private static List<String> sure(double threshold, Prediction prediction) {
        return new SureHeads(CARS, "model", threshold)
                .of(prediction).stream().map(HeadPrediction::name).toList();
    }

    @Test
    void theMostSpecificComesFirstAndAHeadBeforeItsParents() {
        assertThat(new SureHeads(CARS, "model", 0).names()).containsExactly("model", "series", "type", "brand");
        assertThat(sure(0.7, x5(0.7))).containsExactly("model", "series", "type", "brand");
    }

    @Test
    void atLeastItIsABmw() {
        assertThat(sure(0.9, x5(0.5))).as("0.9 is enough for 0.9").containsExactly("type", "brand");
        assertThat(sure(0.95, x5(0.5))).containsExactly("brand");
        assertThat(sure(0.98, x5(0.5))).isEmpty();
    }

    @Test
    void whatContradictsTheFinestAnswerIsNotSure() {
        Prediction torn = car(
                head(BRAND, "Audi", 0.99),
                head(TYPE, "SUV", 0.9),
                head(MODEL, "X5 2009", 0.6),
                head(SERIES, "X5", 0.9));
        assertThat(sure(0.5, torn)).containsExactly("model", "series", "type");
    }

    @Test
    void aParentThatIsNotKnownContradictsNothing() {
        Prediction kit = car(
                head(BRAND, "Audi", 0.8),
                head(TYPE, "coupe", 0.9),
                head(MODEL, "kit car", 0.4),
                head(SERIES, "TT", 0.41));
        assertThat(sure(0.5, kit)).containsExactly("type", "brand");
    }

    @Test
    void aPredictionTellsItAndItsJsonToo() {
        SureHeads sure = new SureHeads(CARS, "model", 0.9);
        Prediction plain = x5(0.5);
        Prediction told = plain.withSure(List.of(sure, sure));

        assertThat(told.sure().orElseThrow()).containsExactly(plain.head("type"), plain.head("brand"));
        assertThat(told.heads()).isEqualTo(plain.heads());
        assertThat(JsonParser.parseString(told.toJson(1))
                        .getAsJsonObject()
                        .get("sure")
                        .toString())
                .isEqualTo("[\"type\",\"brand\"]");
        assertThat(plain.withSure(List.of(new SureHeads(CARS, "model", 1))).toJson())
                .as("sure of nothing")
                .endsWith(",\"sure\":[]}");
    }

    @Test
    void aModelThatDoesNotTellLeavesItOut() {
        Prediction plain = x5(0.99).withSure(List.of());
        assertThat(plain.sure()).isEmpty();
        assertThat(plain.toJson()).doesNotContain("sure");
    }
}
