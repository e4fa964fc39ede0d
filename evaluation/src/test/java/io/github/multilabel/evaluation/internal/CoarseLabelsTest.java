package io.github.multilabel.evaluation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.evaluation.loss.BatchLoss;
import io.github.multilabel.testsupport.Golden;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that are labelled at a coarse level alone teach the finer head. */
class CoarseLabelsTest {

    private static final Head MODEL = Head.singleLabel("model", "m0", "m1", "m2", "m3", "m4");
    private static final Head BRAND = Head.singleLabel("brand", "b0", "b1", "b2");
    private static final Head YEAR = Head.singleLabel("year", "y0", "y1");
    private static final int ROWS = 9;

    private final NDManager manager = NDManager.newBaseManager();
    private final Golden golden = Golden.read("coarse.json");

    @AfterEach
    void free() {
        manager.close();
    }

    private static Map<String, String> parents(Head parent, List<Long> indices) {
        Map<String, String> parentOf = new LinkedHashMap<>();
        for (int i = 0; i < indices.size(); i++) {
            if (indices.get(i) >= 0) {
                parentOf.put(MODEL.category(i), parent.category(indices.get(i).intValue()));
            }
        }
        return parentOf;
    }

    private HeadSet heads() {
        return HeadSet.of(BRAND, MODEL, YEAR)
                .withParent("model", "brand", parents(BRAND, longs("brandOf")))
                .withParent("model", "year", parents(YEAR, longs("yearOf")));
    }

    private List<Long> longs(String name) {
        return Arrays.stream(golden.longs(name)).boxed().toList();
    }

    private NDList logits() {
        NDArray model = manager.create(golden.floats("model"), new Shape(ROWS, MODEL.size()));
        model.setRequiresGradient(true);
        return new NDList(
                manager.zeros(new Shape(ROWS, BRAND.size())), model, manager.zeros(new Shape(ROWS, YEAR.size())));
    }

    private NDList labels() {
        return new NDList(
                manager.create(golden.longs("brands")),
                manager.create(golden.longs("models")),
                manager.create(golden.longs("years")));
    }

    private BatchLoss.Values backward(MultiHeadLoss loss, NDList logits) {
        try (NDManager step = manager.newSubManager();
                GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            BatchLoss result = loss.of(step, logits, labels());
            gradients.backward(result.total());
            return result.read();
        }
    }

    private MultiHeadLoss loss(HeadSet heads, boolean coarseTeach) {
        return new MultiHeadLoss(manager, heads, Map.of(), Map.of(), Map.of(), coarseTeach);
    }

    @Test
    void equalsTheMarginalLikelihoodOfPyTorch() {
        NDList logits = logits();
        try (MultiHeadLoss loss = loss(heads(), true)) {
            BatchLoss.Values values = backward(loss, logits);

            assertThat(values.losses()[1]).isCloseTo(golden.number("loss"), within(1e-6));
            assertThat(values.divisors()[1]).isEqualTo(golden.number("divisor"));
        }
        assertThat(logits.get(1).getGradient().toFloatArray())
                .containsExactly(golden.floats("gradient"), within(1e-6f));
    }

    @Test
    void otherHeadsAndOtherTrainingsKeepTheirLosses() {
        BatchLoss.Values taught;
        BatchLoss.Values plain;
        BatchLoss.Values apart;
        try (MultiHeadLoss loss = loss(heads(), true)) {
            taught = backward(loss, logits());
        }
        try (MultiHeadLoss loss = loss(heads(), false)) {
            plain = backward(loss, logits());
        }
        try (MultiHeadLoss loss = loss(HeadSet.of(BRAND, MODEL, YEAR), true)) {
            apart = backward(loss, logits());
        }
        assertThat(taught.losses()[0]).isEqualTo(plain.losses()[0]);
        assertThat(taught.losses()[2]).isEqualTo(plain.losses()[2]);
        assertThat(plain.divisors()[1]).as("the rows with a label of the model").isEqualTo(2);
        assertThat(apart.losses()).isEqualTo(plain.losses());
    }
}
