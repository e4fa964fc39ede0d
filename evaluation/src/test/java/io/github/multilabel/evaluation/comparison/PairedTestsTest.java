package io.github.multilabel.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.testsupport.Golden;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** McNemar's test and Holm's correction, against scipy. */
class PairedTestsTest {

    private static final String FILE = "paired-tests.json";

    static Stream<JsonObject> pairs() {
        return Golden.cases(FILE, "mcnemar").stream();
    }

    static Stream<JsonObject> families() {
        return Golden.cases(FILE, "holm").stream();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theTestIsTheExactOneOfScipy(JsonObject golden) {
        long onlyA = golden.get("onlyA").getAsLong();
        long onlyB = golden.get("onlyB").getAsLong();
        double p = golden.get("p").getAsDouble();
        assertThat(McNemar.of(onlyA, onlyB).p()).isCloseTo(p, Percentage.withPercentage(1e-7));
        assertThat(McNemar.of(onlyB, onlyA).p())
                .isEqualTo(McNemar.of(onlyA, onlyB).p());
    }

    @ParameterizedTest
    @MethodSource("families")
    void manyTestsAreCorrectedAsHolmSays(JsonObject golden) {
        assertThat(Holm.corrected(numbers(golden.getAsJsonArray("p"))))
                .containsExactly(numbers(golden.getAsJsonArray("corrected")), within(1e-15));
    }

    private static double[] numbers(JsonArray json) {
        return StreamSupport.stream(json.spliterator(), false)
                .mapToDouble(each -> each.getAsDouble())
                .toArray();
    }

    @Test
    void aTestThatWasNotMadeDoesNotCount() {
        assertThat(Holm.corrected(0.03, Double.NaN, 0.02)).containsExactly(0.04, Double.NaN, 0.04);
    }

    @Test
    void aTestSaysWhatItCountedAndHowSureItIs() {
        assertThat(McNemar.of(31, 52)).hasToString("A alone is right for 31 images, B alone for 52: p = 0.0275");
        assertThat(McNemar.of(1, 30).toString()).endsWith("is right for 1 image, B alone for 30: p = 3.0e-08");
        assertThat(McNemar.undefined(1, 2).toString()).endsWith("p = n/a");
    }
}
