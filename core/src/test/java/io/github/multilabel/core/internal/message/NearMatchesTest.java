package io.github.multilabel.core.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearMatchesTest {

    @Test
    void lettersThatChangedPlacesAreNear() {
        assertThat(NearMatches.thereAre("brnad", List.of("brand")))
                .isEqualTo("there is 1 name [brand]; did you mean 'brand'?");
        assertThat(NearMatches.thereAre("brnad", List.of("brand", "type")))
                .isEqualTo("there are 2 names [brand, type]; did you mean 'brand'?");
    }

    @Test
    void fewNamesAreAllShown() {
        assertThat(NearMatches.describe("zzz", List.of("brand", "type"))).isEqualTo("2 names [brand, type]");
    }

    @Test
    void oneNameIsNotSeveral() {
        assertThat(NearMatches.describe("zzz", List.of("brand"))).isEqualTo("1 name [brand]");
    }

    @Test
    void manyNamesAreCounted() {
        List<String> known = IntStream.range(0, 196).mapToObj(i -> "model " + i).toList();
        assertThat(NearMatches.describe("something else", known))
                .startsWith("196 names (model 0, model 1, ")
                .endsWith("model 11, ...)");
    }

    @Test
    void theNearestComeFirst() {
        assertThat(NearMatches.describe("Tpe", List.of("tape", "type", "tope", "body")))
                .contains("did you mean 'tape' or 'type' or 'tope'?");
        assertThat(NearMatches.describe(" BRAND ", List.of("brad", "brand")))
                .endsWith("did you mean 'brand' or 'brad'?");
    }
}
