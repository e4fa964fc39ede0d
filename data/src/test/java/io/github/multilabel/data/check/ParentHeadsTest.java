package io.github.multilabel.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParentHeadsTest {

    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("model", "A4", "A5", "X1", "X3", "Other"),
            Head.singleLabel("brand", "Audi", "BMW"),
            Head.singleLabel("colour", "blue", "green", "red"));

    private static final String[] BRANDS = {"Audi", "Audi", "BMW", "BMW"};

    /** Rows of models with their brands, and colours that have nothing to do with them. */
    private static List<Labels> cars(int count) {
        Random random = new Random(1);
        List<Labels> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            rows.add(car(row % 4, BRANDS[row % 4], random.nextInt(3)));
        }
        return rows;
    }

    private static Labels car(int model, String brand, int colour) {
        return Labels.builder(HEADS)
                .setIndex("model", model)
                .set("brand", brand)
                .setIndex("colour", colour)
                .build();
    }

    @Test
    void aHeadWhoseCategoriesEachHaveOneOfAnotherDeterminesIt() {
        assertThat(ParentHeads.find(cars(60))).singleElement().satisfies(found -> {
            assertThat(found.child()).isEqualTo("model");
            assertThat(found.parent()).isEqualTo("brand");
            assertThat(found.parentOf())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("A4", "Audi", "A5", "Audi", "X1", "BMW", "X3", "BMW"));
            assertThat(found.breaking()).isEmpty();
        });
        assertThat(ParentHeads.with(HEADS, ParentHeads.find(cars(60))).hierarchy())
                .hasToString("model -> brand");
    }

    @Test
    void aFewSlipsAreFoundAndBreakNothing() {
        List<Labels> rows = cars(400);
        rows.set(44, car(0, "BMW", 1));

        assertThat(ParentHeads.find(rows)).singleElement().satisfies(found -> {
            assertThat(found.isCertain()).isTrue();
            assertThat(found.breaking()).containsExactly(44);
            assertThat(found.parentOf()).containsEntry("A4", "Audi");
        });
    }

    @Test
    void whatIsTornInManyRowsDeterminesNothing() {
        List<Labels> rows = cars(400);
        for (int row = 0; row < 400; row += 50) {
            rows.set(row, car(0, "BMW", 1));
        }
        assertThat(ParentHeads.find(rows)).isEmpty();
    }

    @Test
    void aSlipInASmallTableIsANearMiss() {
        List<Labels> rows = cars(60);
        rows.set(44, car(0, "BMW", 1));
        assertThat(ParentHeads.find(rows)).singleElement().satisfies(found -> {
            assertThat(found.isCertain()).isFalse();
            assertThat(found.breaking()).containsExactly(44);
            assertThat(found.known()).isEqualTo(60);
        });
        for (int row = 0; row < 4; row++) {
            rows.set(row, car(row, row < 2 ? "BMW" : "Audi", 1));
        }
        assertThat(ParentHeads.find(rows)).as("five slips are none").isEmpty();
    }

    @Test
    void whatNearlyAllRowsHaveIsDeterminedByNothing() {
        List<Labels> rows = new ArrayList<>();
        for (int row = 0; row < 4000; row++) {
            rows.add(car(row % 4, row % 500 == 0 ? "BMW" : "Audi", 1));
        }
        assertThat(ParentHeads.find(rows)).isEmpty();
    }

    @Test
    void aCategoryForAllThatIsRareBelongsNowhere() {
        List<Labels> rows = cars(200);
        for (int row = 0; row < 20; row++) {
            rows.add(car(4, row % 2 == 0 ? "Audi" : "BMW", 1));
        }
        assertThat(ParentHeads.find(rows)).singleElement().satisfies(found -> {
            assertThat(found.parentOf()).doesNotContainKey("Other").hasSize(4);
            assertThat(found.breaking()).isEmpty();
            assertThat(found.loose()).isEqualTo(20);
        });
    }

    @Test
    void inFewRowsAgreementMayBeChance() {
        assertThat(ParentHeads.find(cars(12))).isEmpty();
        assertThat(ParentHeads.find(
                        cars(60).stream().map(row -> Labels.missing(HEADS)).toList()))
                .isEmpty();
    }
}
