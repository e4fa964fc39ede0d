package io.github.multilabel.evaluation.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.evaluation.internal.heads.CoarseLabels;
import io.github.multilabel.evaluation.internal.heads.Formula;
import io.github.multilabel.evaluation.internal.heads.FormulaLoss;
import io.github.multilabel.evaluation.internal.heads.GroupLoss;
import io.github.multilabel.evaluation.internal.heads.HeadGroup;
import io.github.multilabel.evaluation.internal.heads.HeadWeights;
import io.github.multilabel.evaluation.loss.BatchLoss;
import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.evaluation.loss.Losses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The losses of all heads and their weighted sum. The heads of one {@link Formula} are computed side by side in one
 * native call, so that a hundred heads cost about as much as three; a {@link HeadLoss} of the user's runs beside them.
 *
 * <p>The numbers equal PyTorch's {@code cross_entropy(weight=..., ignore_index=-1)} and
 * {@code binary_cross_entropy_with_logits}; a head without a label in the batch adds exactly 0 and no gradient.
 */
public final class MultiHeadLoss implements AutoCloseable {

    private final NDManager manager;
    private final HeadSet heads;
    private final Map<String, HeadLoss> own;
    private final List<GroupLoss> groups = new ArrayList<>();
    private final List<CoarseLabels> coarse;
    /** Column i of the results is column {@code order[i]} of the groups' and own losses one after the other. */
    private final NDArray order;

    private final NDArray headWeights;
    private final Map<String, Double> weightsByHead;

    /**
     * Prepares the losses of a model.
     *
     * @param parent the constants live on its device and are freed with it at the latest
     * @param heads the heads of the model
     * @param headWeights by head name, 1 where none is given
     * @param classWeights by name of a head with a {@link FormulaLoss}, one finite weight of at least 0 per category
     * @param losses by head name; where none is given, {@link Losses#standard}
     * @throws IllegalArgumentException if a {@link FormulaLoss} is not for such a head
     */
    public MultiHeadLoss(
            NDManager parent,
            HeadSet heads,
            Map<String, Double> headWeights,
            Map<String, List<Double>> classWeights,
            Map<String, HeadLoss> losses) {
        this(parent, heads, headWeights, classWeights, losses, false);
    }

    /**
     * Prepares the losses of a model.
     *
     * @param coarseTeach whether a row without the label of a head adds to its loss what the labels of the head's
     *     parents say of it; see {@link CoarseLabels}
     * @see #MultiHeadLoss(NDManager, HeadSet, Map, Map, Map)
     */
    public MultiHeadLoss(
            NDManager parent,
            HeadSet heads,
            Map<String, Double> headWeights,
            Map<String, List<Double>> classWeights,
            Map<String, HeadLoss> losses,
            boolean coarseTeach) {
        this.manager = parent.newSubManager();
        coarse = coarseTeach ? CoarseLabels.of(manager, heads) : List.of();
        this.heads = heads;
        this.weightsByHead = Map.copyOf(headWeights);
        Map<String, FormulaLoss> standard = new LinkedHashMap<>();
        own = new LinkedHashMap<>(losses);
        for (Head head : heads) {
            HeadLoss loss = losses.getOrDefault(head.name(), Losses.standard(head));
            if (loss instanceof FormulaLoss known) {
                known.requireFit(head);
                standard.put(head.name(), known);
                own.remove(head.name());
            }
        }
        List<String> columns = new ArrayList<>();
        for (Formula formula : Formula.values()) {
            List<HeadGroup> found =
                    HeadGroup.byKind(manager, heads, head -> Optional.ofNullable(standard.get(head.name()))
                            .filter(loss -> loss.formula(head) == formula)
                            .isPresent());
            for (HeadGroup group : found) {
                groups.add(new GroupLoss(manager, group, formula, standard, classWeights));
                group.heads().forEach(head -> columns.add(head.name()));
            }
        }
        heads.stream().map(Head::name).filter(own::containsKey).forEach(columns::add);
        long[] from = new long[2 * heads.size()];
        for (int i = 0; i < from.length; i++) {
            from[i] = columns.indexOf(heads.get(i % heads.size()).name());
        }
        order = manager.create(from, new Shape(2, heads.size()));
        this.headWeights = floats(manager, HeadWeights.inOrder(heads, headWeights));
    }

    /** The heads whose losses are computed, in order. */
    public HeadSet heads() {
        return heads;
    }

    /** By head name, 1 where none is given. */
    public Map<String, Double> headWeights() {
        return weightsByHead;
    }

    /**
     * Computes the losses of a batch, differentiable with respect to the logits.
     *
     * @param results will own the result; to be closed after the backward pass
     * @param logits per head (N, K) float32, in the order of the heads
     * @param labels per head as in {@link io.github.multilabel.core.MultiLabelBatch}
     * @throws IllegalArgumentException if a loss of the user's is no open scalar float32; the message names the head
     */
    public BatchLoss of(NDManager results, NDList logits, NDList labels) {
        return of(results, logits, labels, null);
    }

    /**
     * The same of one batch of several whose gradients are summed.
     *
     * @param fractions per head, the fraction of the {@link #divisors} of all batches that is the batch's; null if it
     *     is the only one
     * @see #of(NDManager, NDList, NDList)
     */
    public BatchLoss of(NDManager results, NDList logits, NDList labels, double @Nullable [] fractions) {
        NDList columns = new NDList();
        for (GroupLoss group : groups) {
            columns.add(group.of(results, logits, labels));
        }
        for (int h = 0; h < heads.size(); h++) {
            HeadLoss loss = own.get(heads.get(h).name());
            if (loss != null) {
                columns.add(column(results, heads.get(h), loss, logits.get(h), labels.get(h)));
            }
        }
        NDArray perHead = columns.size() == 1
                ? columns.singletonOrThrow()
                : NDArrays.concat(columns, 1).gather(order, 1);
        for (CoarseLabels labelled : coarse) {
            perHead = labelled.addTo(results, perHead, logits, labels);
        }
        NDArray each = perHead.get(0);
        NDArray weights =
                fractions == null ? headWeights : floats(results, fractions).mul(headWeights);
        BatchLoss loss = new BatchLoss(each, weights, each.mul(weights).sum(), perHead.stopGradient());
        new NDList(loss.losses(), loss.total(), loss.perHead()).attach(results);
        return loss;
    }

    private static NDArray floats(NDManager results, double... values) {
        float[] floats = new float[values.length];
        for (int h = 0; h < values.length; h++) {
            floats[h] = (float) values[h];
        }
        return results.create(floats);
    }

    /**
     * What the losses of a batch are means of: per head the summed weight of its labels. No logits are needed.
     *
     * @param results owns what is made on the way
     */
    public double[] divisors(NDManager results, NDList labels) {
        NDList logits = new NDList();
        for (int h = 0; h < heads.size(); h++) {
            logits.add(results.zeros(
                    new Shape(labels.get(h).getShape().get(0), heads.get(h).size())));
        }
        try (NoGradients off = NoGradients.onThisThread()) {
            return of(results, logits, labels).read().divisors();
        }
    }

    /** (2, 1): a user's loss, and as its divisor the number of labelled rows. */
    private static NDArray column(NDManager results, Head head, HeadLoss own, NDArray logits, NDArray labels) {
        NDArray loss = new UserLoss(head, own).of(logits, labels);
        NDArray known = labels.gte(0).toType(DataType.FLOAT32, false).sum();
        if (head.kind() == Head.Kind.MULTI_LABEL) {
            known = known.div(head.size());
        }
        NDArray column = NDArrays.concat(new NDList(loss.reshape(1, 1), known.reshape(1, 1)), 0);
        column.attach(results);
        return column;
    }

    /** Frees the constants. */
    @Override
    public void close() {
        manager.close();
    }
}
