package io.github.multilabel.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.evaluation.internal.heads.HeadGroup;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.internal.metrics.EvaluationJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many small heads beside large ones are computed without being filled up to the size of the largest. */
class ManySizesTest {

    private static final int ROWS = 6;

    private final NDManager manager = NDManager.newBaseManager();
    private final Random random = new Random(5);

    @AfterEach
    void close() {
        manager.close();
    }

    private static Head head(String name, int size) {
        String[] categories = IntStream.range(0, size).mapToObj(i -> "c" + i).toArray(String[]::new);
        return Head.singleLabel(name, categories);
    }

    private static HeadSet heads() {
        List<Head> all = new ArrayList<>();
        all.add(head("large", 5_000));
        IntStream.range(0, 20).forEach(i -> all.add(head("small" + i, 2 + i % 3)));
        all.add(head("middle", 900));
        return HeadSet.of(all.toArray(new Head[0]));
    }

    @Test
    void groupsAreNotFilledUpToMoreThanAFewTimesTheirSize() {
        List<HeadGroup> groups = HeadGroup.byKind(manager, heads(), head -> true);
        long columns = groups.stream()
                .mapToLong(group -> (long) group.width() * group.heads().size())
                .sum();
        assertThat(columns).isLessThan(20_000);
        assertThat(groups.stream().mapToInt(group -> group.heads().size()).sum())
                .isEqualTo(22);
        assertThat(HeadGroup.byKind(manager, HeadSet.of(head("a", 196), head("b", 10), head("c", 2)), head -> true))
                .as("usual heads stay in one call")
                .hasSize(1);
    }

    @Test
    void lossesAndAnswersAreThoseOfEachHeadByItself() {
        HeadSet heads = heads();
        NDList logits = new NDList();
        NDList labels = new NDList();
        for (Head head : heads) {
            logits.add(manager.create(floats(ROWS * head.size()), new Shape(ROWS, head.size())));
            labels.add(manager.create(IntStream.range(0, ROWS)
                    .mapToLong(row -> row == 2 ? -1 : random.nextInt(head.size()))
                    .toArray()));
        }
        try (MultiHeadLoss loss = new MultiHeadLoss(manager, heads, Map.of(), Map.of(), Map.of());
                EvaluationAccumulator accumulator = new EvaluationAccumulator(manager, heads, Map.of())) {
            double[] losses = loss.of(manager, logits, labels).read().losses();
            accumulator.add(logits, labels);
            Evaluation evaluation = accumulator.evaluation();
            for (int h = 0; h < heads.size(); h++) {
                HeadSet alone = HeadSet.of(heads.get(h));
                NDList own = new NDList(logits.get(h));
                NDList ownLabels = new NDList(labels.get(h));
                try (MultiHeadLoss one = new MultiHeadLoss(manager, alone, Map.of(), Map.of(), Map.of());
                        EvaluationAccumulator counts = new EvaluationAccumulator(manager, alone, Map.of())) {
                    assertThat(losses[h])
                            .isCloseTo(one.of(manager, own, ownLabels).read().losses()[0], within(1e-5));
                    counts.add(own, ownLabels);
                    assertThat(((SingleLabelHeadMetrics) evaluation.heads().get(h)).confusionCells())
                            .isEqualTo(((SingleLabelHeadMetrics)
                                            counts.evaluation().heads().get(0))
                                    .confusionCells());
                }
            }
        }
    }

    @Test
    void aLogitThatIsNoNumberAnswersNothing() {
        HeadSet heads = HeadSet.of(head("a", 3), Head.multiLabel("tags", "x", "y"));
        float nan = Float.NaN;
        float inf = Float.POSITIVE_INFINITY;
        NDArray single = manager.create(new float[] {nan, 0, 1, 2, inf, 0, 1, 0, -inf, nan, nan, nan}, new Shape(4, 3));
        NDArray tags = manager.create(new float[] {1, -1, -inf, 1, 1, 1, nan, 0}, new Shape(4, 2));
        NDList labels =
                new NDList(manager.create(new long[] {0, 0, 0, -1}), manager.zeros(new Shape(4, 2), DataType.FLOAT32));
        try (EvaluationAccumulator accumulator = new EvaluationAccumulator(manager, heads, Map.of())) {
            accumulator.add(new NDList(single, tags), labels);
            Evaluation evaluation = accumulator.evaluation();
            HeadMetrics a = evaluation.head("a");
            assertThat(a.nonFinite()).as("what has no label does not count").isEqualTo(2);
            assertThat(a.support()).isEqualTo(3);
            assertThat(a.accuracy()).isNaN();
            assertThat(a.macro().f1()).isNaN();
            assertThat(a.category("c0").support()).isEqualTo(3);
            assertThat(a.category("c0").recall()).isNaN();
            assertThat(evaluation.head("tags").nonFinite()).isEqualTo(1);
            assertThat(evaluation.head("tags").accuracy()).isNaN();
            assertThat(evaluation.meanAccuracy()).isNaN();
            assertThat(evaluation.exactMatch()).isNaN();
            assertThat(EvaluationJson.write(EvaluationJson.read(EvaluationJson.write(evaluation), heads)))
                    .isEqualTo(EvaluationJson.write(evaluation));
            assertThat(evaluation.table()).contains("n/a").doesNotContain("NaN");
        }
    }

    private float[] floats(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
