package io.github.multilabel.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeadSetTest {

    private static final Head YEAR = Head.singleLabel("year", "old", "new");
    private static final Head BRAND = Head.singleLabel("brand", "BMW", "Audi", "Ford", "Dodge");
    private static final Head BODY = Head.singleLabel("body", "Coupe", "SUV", "Van");
    private static final HeadSet ALL = HeadSet.of(YEAR, BRAND, BODY);

    @Test
    void theOrderIsTheUsers() {
        assertThat(ALL.names()).containsExactly("year", "brand", "body");
        assertThat(ALL).containsExactly(YEAR, BRAND, BODY);
        assertThat(ALL.indexOf("body")).isEqualTo(2);
        assertThat(ALL.get(1)).isEqualTo(BRAND);
        assertThat(ALL.totalCategories()).isEqualTo(9);
        assertThat(ALL.select(List.of("body", "year")).names()).containsExactly("body", "year");
    }

    @Test
    void noHeadsAndTwoOfOneNameAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(HeadSet::of).withMessageContaining("no heads given");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeadSet.of(YEAR, BODY, YEAR))
                .withMessage("two heads are named 'year' in [year, body, year]; give each its own name");
    }

    @Test
    void anUnknownHeadIsAnErrorThatNamesTheNearOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALL.get("Brnd"))
                .withMessage("no head 'Brnd'; there are 3 names [year, brand, body]; did you mean 'brand'?");
    }

    @Test
    void headsInAnotherOrderAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeadSet.of(BRAND, BODY).requireSame(HeadSet.of(BODY, BRAND)))
                .withMessage("expected heads [brand, body], got [body, brand]");
    }

    @Test
    void otherCategoriesAreNamed() {
        HeadSet mine = HeadSet.of(BODY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mine.requireSame(HeadSet.of(Head.singleLabel("body", "Coupe", "Pickup"))))
                .withMessageContaining("missing [SUV, Van], unknown [Pickup]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mine.requireSame(HeadSet.of(Head.singleLabel("body", "SUV", "Coupe", "Van"))))
                .withMessageContaining("in another order: expected [Coupe, SUV, Van], got [SUV, Coupe, Van]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mine.requireSame(HeadSet.of(Head.multiLabel("body", "Coupe", "SUV", "Van"))))
                .withMessageContaining("expected kind SINGLE_LABEL, got MULTI_LABEL");
    }

    @Test
    void equalSetsAreTheSame() {
        HeadSet again = HeadSet.of(List.of(YEAR, BRAND, BODY));
        again.requireSame(ALL);
        assertThat(again).isEqualTo(ALL).hasSameHashCodeAs(ALL).isNotEqualTo(HeadSet.of(YEAR));
    }
}
