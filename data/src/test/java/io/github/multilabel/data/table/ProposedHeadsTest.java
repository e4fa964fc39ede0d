package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which columns look like labels. */
class ProposedHeadsTest {

    private static ColumnSummary column(String cells) {
        List<String> once = List.of(cells.split("/"));
        return ColumnSummary.of(
                "c", Stream.of(once, once, once).flatMap(List::stream).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "16,50/9,90/20,00/16,95",
                "16.5/9.9/20/16",
                "1e-3/2.5e4/0,5",
                "0,3,7,5/1,3,7,5/2,4,8,6",
                "0;3;7;5/1;3;7;5",
                "[0, 3, 7, 5]/[1, 3, 7, 6]",
                "0.5 0.25/0.5 0.75",
                "0,5;0,25/0,5;0,75"
            })
    void whatIsMeasuredIsNoLabel(String cells) {
        assertThat(column(cells).isHeadLike()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Audi/BMW", "1/2/3", "1.0/2.0", "2012/2013", "true/false", "1,0/2,0"})
    void categoriesMayBeNumbers(String cells) {
        assertThat(column(cells).isHeadLike()).isTrue();
        assertThat(column(cells).head().kind())
                .isEqualTo(HeadColumn.singleLabel("c").kind());
    }

    @Test
    void tagsAreProposedWithTheirSeparator() {
        HeadColumn head = column("a|b/a/b|c/c").head();
        assertThat(head.separator()).isEqualTo("|");
    }
}
