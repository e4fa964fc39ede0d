package io.github.multilabel.evaluation.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.internal.counts.EvaluationCounts;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import io.github.multilabel.evaluation.internal.counts.SparseCounts;
import io.github.multilabel.evaluation.metrics.ConfusionCell;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionsTest {

    /** @param cells of category, predicted category, images */
    private static Confusions confusions(int size, int[]... cells) {
        Head head = Head.singleLabel(
                "h", IntStream.range(0, size).mapToObj(k -> "c" + k).toList());
        SparseCounts counts = new SparseCounts();
        for (int[] cell : cells) {
            long[] images = new long[cell[2]];
            Arrays.fill(images, HeadCounts.Confusion.cell(head, cell[0], cell[1]));
            counts.add(images);
        }
        HeadMetrics metrics = Evaluation.of(new EvaluationCounts(
                        HeadSet.of(head),
                        List.of(new HeadCounts.Confusion(head, 1, counts, HeadCounts.Confusion.UNKNOWN)),
                        1,
                        0,
                        0,
                        0,
                        List.of()))
                .head("h");
        return metrics.when(Confusions::of, tags -> {
            throw new AssertionError();
        });
    }

    private static final Head TAGS = Head.multiLabel("tags", "night", "rain", "snow");

    /** @param images of each what is right and what is given, as bits of the tags; right is -1 where it is missing */
    private static Confusions tags(Head head, int[]... images) {
        HeadSet heads = HeadSet.of(head);
        Predictions.Builder builder = Predictions.builder(heads);
        for (int[] image : images) {
            Labels labels = image[0] < 0
                    ? Labels.missing(heads)
                    : Labels.builder(heads).set("tags", tagsOf(head, image[0])).build();
            float[] logits = new float[head.size()];
            for (int k = 0; k < logits.length; k++) {
                logits[k] = (image[1] >> k & 1) == 1 ? 1 : -1;
            }
            builder.add("image", labels, logits);
        }
        return builder.build().head("tags").when(single -> null, Confusions::of);
    }

    private static List<String> tagsOf(Head head, int bits) {
        return IntStream.range(0, head.size())
                .filter(k -> (bits >> k & 1) == 1)
                .mapToObj(head::category)
                .toList();
    }

    @Test
    void tagsAreConfusedWhereOneIsMissedAndTheOtherGiven() {
        // given rain and snow, bits 2 and 4, taken for each other; night, bit 1, always found; and a missing label
        Confusions confusions = tags(
                TAGS,
                new int[] {3, 5},
                new int[] {3, 5},
                new int[] {4, 2},
                new int[] {2, 2},
                new int[] {4, 0},
                new int[] {-1, 7});

        // when asked for pairs, then a tag that is missed alone is none of them
        assertThat(confusions.mostFrequent(9)).containsExactly(new ConfusionCell(1, 2, 2), new ConfusionCell(2, 1, 1));
        assertThat(confusions.matrix(List.of(0, 1, 2))).isDeepEqualTo(new long[][] {{2, 0, 0}, {0, 1, 2}, {0, 1, 0}});
        assertThat(confusions.bySimilarity(3)).containsExactly(1, 2, 0);
    }

    @Test
    void ofVeryManyTagsThosePairsAreCountedThatHaveMostMistakes() {
        // given 600 tags, of which the last two alone are confused
        Head many = Head.multiLabel(
                "tags", IntStream.range(0, 600).mapToObj(k -> "t" + k).toList());
        HeadSet heads = HeadSet.of(many);
        float[] logits = new float[600];
        Arrays.fill(logits, -1);
        logits[599] = 1;
        Predictions predictions = Predictions.builder(heads)
                .add("image", Labels.builder(heads).set("tags", "t598").build(), logits)
                .build();

        Confusions confusions = predictions.head("tags").when(single -> null, Confusions::of);

        assertThat(confusions.mostFrequent(9)).containsExactly(new ConfusionCell(598, 599, 1));
        assertThat(confusions.bySimilarity(30)).containsExactly(598, 599);
    }

    @Test
    void whatIsConfusedMostOftenComesFirst() {
        // given two pairs that are equally frequent, of categories of 10 and of 6 images, and a rarer one
        Confusions confusions = confusions(
                3, new int[] {0, 0, 7}, new int[] {0, 1, 3}, new int[] {1, 0, 3}, new int[] {1, 1, 3}, new int[] {
                    2, 1, 1
                });

        // when asked for pairs, then what is right is none of them, and the larger share of a category wins
        assertThat(confusions.pairs()).isEqualTo(3);
        assertThat(confusions.mostFrequent(2)).containsExactly(new ConfusionCell(1, 0, 3), new ConfusionCell(0, 1, 3));
    }

    @Test
    void categoriesThatAreConfusedStandSideBySide() {
        // given 0 taken for 3, 1 for 4, and 3 a little for 1
        Confusions confusions = confusions(
                5,
                new int[] {0, 3, 5},
                new int[] {1, 4, 5},
                new int[] {3, 1, 1},
                new int[] {0, 0, 5},
                new int[] {1, 1, 5},
                new int[] {2, 2, 9},
                new int[] {3, 3, 9},
                new int[] {4, 4, 9});

        // when they are ordered, then the pairs are together, joined at their similar ends, and the one apart is last
        assertThat(confusions.bySimilarity(5)).containsExactly(0, 3, 1, 4, 2);
    }

    @Test
    void ofManyCategoriesThoseOfTheMostFrequentPairsAreChosen() {
        // given 1,000 categories, of which few are confused
        Confusions confusions = confusions(1000, new int[] {5, 700, 9}, new int[] {20, 30, 4}, new int[] {1, 2, 1});

        // when four are asked for, then they are those of the two worst pairs
        assertThat(confusions.bySimilarity(4)).containsExactlyInAnyOrder(5, 700, 20, 30);
    }

    @Test
    void withoutMistakesTheOrderIsThatOfTheHead() {
        assertThat(confusions(4, new int[] {0, 0, 3}).bySimilarity(10)).containsExactly(0, 1, 2, 3);
        assertThat(confusions(4, new int[] {0, 0, 3}).mostFrequent(5)).isEmpty();
    }
}
