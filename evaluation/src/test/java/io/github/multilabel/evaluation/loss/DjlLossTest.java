package io.github.multilabel.evaluation.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.SimpleCompositeLoss;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DjlLossTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("type", "Coupe", "SUV"), Head.multiLabel("tags", "open", "rusty"));

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeArrays() {
        manager.close();
    }

    private NDList logits() {
        return new NDList(
                manager.create(new float[] {2, 0, 1, 1}, new Shape(2, 2)),
                manager.create(new float[] {0, 0, 3, 3}, new Shape(2, 2)));
    }

    @Test
    void theLossIsTheSumOverTheHeads() {
        NDList labels = new NDList(
                manager.create(new long[] {0, 1}), manager.create(new float[] {1, 0, 0, 0}, new Shape(2, 2)));

        float loss = DjlLoss.of(HEADS).evaluate(labels, logits()).getFloat();

        double type = (Math.log1p(Math.exp(-2)) + Math.log(2)) / 2;
        double tags = (2 * Math.log(2) + 2 * Math.log1p(Math.exp(3))) / 4;
        assertThat(loss).isCloseTo((float) (type + tags), within(1e-5f));
    }

    @Test
    void missingLabelsAddNothing() {
        NDList some = new NDList(
                manager.create(new long[] {0, -1}), manager.create(new float[] {1, 0, -1, -1}, new Shape(2, 2)));
        NDList none = new NDList(
                manager.create(new long[] {-1, -1}), manager.create(new float[] {-1, -1, -1, -1}, new Shape(2, 2)));

        assertThat(DjlLoss.of(HEADS).evaluate(some, logits()).getFloat())
                .isCloseTo((float) (Math.log1p(Math.exp(-2)) + Math.log(2)), within(1e-5f));
        assertThat(DjlLoss.of(HEADS).evaluate(none, logits()).getFloat()).isZero();
    }

    @Test
    void eachHeadHasALossOfItsOwnName() {
        SimpleCompositeLoss loss = DjlLoss.of(HEADS);

        assertThat(loss.getComponents()).extracting(each -> each.getName()).containsExactly("type", "tags");
    }
}
