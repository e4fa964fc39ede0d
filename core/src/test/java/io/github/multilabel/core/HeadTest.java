package io.github.multilabel.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTest {

    private static final Head TYPE = Head.singleLabel("type", "SUV", "Coupe", "Van");

    @Test
    void categoriesKeepTheOrderTheyWereGivenIn() {
        List<String> given = new ArrayList<>(List.of("10", "9", "2"));
        Head head = Head.singleLabel("model", given);
        given.clear();
        assertThat(head.categories()).containsExactly("10", "9", "2");
        assertThat(head.size()).isEqualTo(3);
        assertThat(head.indexOf("9")).isEqualTo(1);
        assertThat(head.category(2)).isEqualTo("2");
    }

    @Test
    void anUnknownCategoryIsAnErrorThatNamesTheNearOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TYPE.indexOf("Suv"))
                .withMessage("head 'type': 'Suv' is not one of its 3 names [SUV, Coupe, Van]; did you mean 'SUV'?");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3})
    void anIndexOutsideTheCategoriesIsRefused(int index) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TYPE.category(index))
                .withMessageContaining("category index " + index + " is outside [0, 3)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " type", "type ", "a\nb", "a\tb"})
    void namesThatCannotBeReadAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Head.singleLabel(name, "a", "b"))
                .withMessageContaining("head name '" + name.replaceAll("[\n\t]", "?") + "' is not usable");
    }

    @Test
    void oneAnswerIsNoQuestionUnlessItMayBeAbsent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Head.singleLabel("type", "SUV"))
                .withMessageContaining("needs at least 2 categories, got [SUV]");
        assertThat(Head.multiLabel("extras", "spoiler").size()).isOne();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Head.multiLabel("extras"))
                .withMessageContaining("needs at least 1 category, got []");
    }

    @Test
    void blankAndRepeatedCategoriesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Head.singleLabel("type", "SUV", " "))
                .withMessageContaining("is blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Head.singleLabel("type", "SUV", "Van", "SUV"))
                .withMessageContaining("category 'SUV' appears twice in [SUV, Van, SUV]");
    }
}
