package io.github.multilabel.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.data.Finding;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataSplitTest {

    private static final DataSplit SPLIT = DataSplit.byName(List.of("train", "test", "train", "train"));

    @Test
    void aColumnNamesThePartOfEachRow() {
        assertThat(SPLIT.parts()).containsExactly("train", "test");
        assertThat(SPLIT.size()).isEqualTo(4);
        assertThat(SPLIT.part(1)).isEqualTo("test");
        assertThat(SPLIT.rows("train")).containsExactly(0, 2, 3);
        assertThat(SPLIT.select("train", List.of("a", "b", "c", "d"))).containsExactly("a", "c", "d");
        assertThat(SPLIT.selectOthers("train", List.of("a", "b", "c", "d"))).containsExactly("b");
        assertThat(SPLIT.warnings()).isEmpty();
        assertThat(SPLIT).hasToString("train 3, test 1");
    }

    @Test
    void everyRowNeedsAPart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSplit.byName(Arrays.asList("train", null)))
                .withMessageContaining("row 1 (counted from 0) names no part");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSplit.byName(List.of("train", " ")))
                .withMessageContaining("row 1 (counted from 0) names no part");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSplit.byName(List.of()))
                .withMessage("there are no rows to split");
    }

    @Test
    void anUnknownPartIsAnsweredWithNearOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPLIT.rows("tset"))
                .withMessage("no part 'tset'; there are 2 names [train, test]; did you mean 'test'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPLIT.rows("trian "))
                .withMessageContaining("no part 'trian '");
        assertThatIllegalArgumentException().isThrownBy(() -> SPLIT.rows(null)).withMessageContaining("no part 'null'");
    }

    @Test
    void anotherListThanWasSplitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPLIT.select("train", List.of(1, 2, 3)))
                .withMessage("the split has 4 rows, got 3; pass the list that was split");
    }

    @Test
    void anySplitCanBeCheckedForCategoriesThatAPartLacks() {
        assertThat(SPLIT.check(Rows.tags("a", "a b", "a", "c c")))
                .extracting(Finding::message)
                .containsExactly(
                        "head 'tags': category 'b' has 1 row, 1 in test and none in train",
                        "head 'tags': category 'c' has 1 row, 1 in train and none in test");
    }
}
