package io.github.multilabel.evaluation.internal.counts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SparseCountsTest {

    private static Map<Long, Long> content(SparseCounts counts) {
        Map<Long, Long> content = new TreeMap<>();
        for (int i = 0; i < counts.size(); i++) {
            content.put(counts.cell(i), counts.count(i));
        }
        return content;
    }

    @Test
    void itCountsWhatAMapCounts() {
        SplittableRandom random = new SplittableRandom(1);
        SparseCounts counts = new SparseCounts();
        Map<Long, Long> expected = new TreeMap<>();
        for (int batch = 0; batch < 20; batch++) {
            long[] met = random.longs(batch, -3, 12).toArray();
            counts.add(met);
            for (long cell : met) {
                expected.merge(cell, 1L, Long::sum);
            }
            assertThat(content(counts)).as("after %s batches", batch).isEqualTo(expected);
        }
    }

    @Test
    void countsOfTwoAreAddedCellByCell() {
        SparseCounts counts = new SparseCounts();
        counts.add(1, 3, 3, 7);
        SparseCounts before = counts.copy();

        counts.merge(new long[] {0, 3, 7, 9}, 5, 1, 2, 4);

        assertThat(content(counts)).isEqualTo(Map.of(0L, 5L, 1L, 1L, 3L, 3L, 7L, 3L, 9L, 4L));
        assertThat(content(before)).as("the copy").isEqualTo(Map.of(1L, 1L, 3L, 2L, 7L, 1L));
    }

    @Test
    void cellsAreNumberedRowByRowAndThoseWithoutAnAnswerApart() {
        Head head = Head.singleLabel("colour", "red", "green", "blue");
        assertThat(HeadCounts.Confusion.cell(head, 0, 2)).isEqualTo(2);
        assertThat(HeadCounts.Confusion.cell(head, 2, 1)).isEqualTo(7);
        assertThat(HeadCounts.Confusion.cell(head, 0, -1)).isEqualTo(-1);
        assertThat(HeadCounts.Confusion.cell(head, 2, -1)).isEqualTo(-3);
    }
}
