package io.github.multilabel.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows stay where the hash of their key puts them. */
class HashedSplitTest {

    private static final HeadSet HEADS = HeadSet.of(Head.singleLabel("type", "SUV", "Van"));

    private static List<String> keys(int rows) {
        return IntStream.range(0, rows).mapToObj(i -> "photos/" + i + ".jpg").toList();
    }

    private static SplitBuilder split(List<String> keys) {
        return DataSplit.builder()
                .setLabels(Collections.nCopies(keys.size(), Labels.missing(HEADS)))
                .addPart(Split.TRAIN, 0.8)
                .addPart(Split.VALIDATION, 0.2)
                .optHashed(keys);
    }

    private static List<String> names(DataSplit split, String part, List<String> keys) {
        return split.select(part, keys);
    }

    /** Of which the first 53 bits of SHA-256 of "0", a line feed and the path are at least 0.8 of all. */
    @Test
    void aKeyIsInTheSamePartInEveryRelease() {
        List<String> keys = keys(20);
        assertThat(names(split(keys).build(), "validation", keys))
                .containsExactly("photos/2.jpg", "photos/9.jpg", "photos/10.jpg", "photos/11.jpg", "photos/16.jpg");
    }

    @Test
    void noRowMovesWhenLabelsAreCorrected() {
        List<String> keys = keys(500);
        List<Labels> corrected = new ArrayList<>(Collections.nCopies(500, Labels.missing(HEADS)));
        corrected.set(7, Labels.builder(HEADS).set("type", "Van").build());

        assertThat(names(split(keys).setLabels(corrected).build(), "validation", keys))
                .isEqualTo(names(split(keys).build(), "validation", keys));
    }

    @Test
    void noRowMovesWhenOthersComeAndGo() {
        List<String> all = keys(1000);
        List<String> some = all.subList(100, 600);
        List<String> expected = new ArrayList<>(names(split(all).build(), "validation", all));
        expected.retainAll(some);

        assertThat(names(split(some).build(), "validation", some)).isEqualTo(expected);
    }

    @Test
    void partsHaveAboutTheirFractions() {
        List<String> keys = keys(10_000);
        assertThat(names(split(keys).build(), "validation", keys).size() / 10_000.0)
                .isCloseTo(0.2, within(0.01));
        assertThat(names(split(keys).optSeed(1).build(), "validation", keys))
                .isNotEqualTo(names(split(keys).build(), "validation", keys));
    }

    @Test
    void rowsOfAGroupStayTogether() {
        List<String> keys = keys(300);
        List<String> cars =
                IntStream.range(0, 300).mapToObj(i -> "car " + i / 3).toList();
        DataSplit split = split(keys).addGroups(cars).build();
        for (int row = 0; row < 300; row += 3) {
            assertThat(split.part(row + 1)).isEqualTo(split.part(row));
            assertThat(split.part(row + 2)).isEqualTo(split.part(row));
        }
    }

    @Test
    void aPartWithoutRowsIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> split(List.of("photos/0.jpg", "photos/1.jpg")).build())
                .withMessageContaining("none of the 2 rows falls into");
    }

    @Test
    void everyRowNeedsAKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> split(keys(5)).optHashed(keys(4)).build())
                .withMessageContaining("got 4 keys for 5 rows");
    }
}
