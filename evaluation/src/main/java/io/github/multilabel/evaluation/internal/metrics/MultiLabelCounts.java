package io.github.multilabel.evaluation.internal.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.programs.ArrayCopy;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import io.github.multilabel.evaluation.internal.heads.HeadGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** True positives, support and predictions of each category of all multi-label heads, and their correct predictions. */
final class MultiLabelCounts extends GroupCounts {

    private static final String ADD =
            """
            def add(self, logits: List[Tensor], labels: List[Tensor], columns: Tensor, absent: Tensor, limits: Tensor, categories: Tensor, rows: Tensor, nonfinite: Tensor) -> List[Tensor]:
              y = (self).pad(labels, columns, absent, -1.)
              known = torch.ge(y, 0)
              truth = torch.gt(y, 0)
              x = (self).pad(logits, columns, absent, 0.)
              guess = torch.logical_and(torch.gt(x, limits), known)
              both = torch.logical_and(truth, guess)
              _0 = torch.add_(categories, torch.sum(torch.stack([both, truth, guess]), [1]))
              labelled = torch.any(known, 2)
              finite = torch.all(torch.lt(x, inf), 2)
              right = torch.logical_and(torch.logical_and(torch.all(torch.eq(truth, guess), 2), labelled), finite)
              _1 = torch.add_(rows, torch.sum(torch.stack([labelled, right]), [1]))
              _2 = torch.add_(nonfinite, torch.sum(torch.logical_and(labelled, torch.logical_not(finite)), [0]))
              return [torch.stack([torch.all(labelled, 1), torch.all(right, 1)])]
            """;

    private final NDManager manager;
    /** (1, H, K): the logits above which a category is predicted. */
    private final NDArray limits;
    /** (3, H, K): images of which the category was rightly predicted, is true, was predicted. */
    private final NDArray categories;
    /** (2, H): labelled images, and those that are predicted correctly. */
    private final NDArray rows;
    /** (H): labelled images with logits that are not finite. */
    private final NDArray nonFinite;

    /**
     * Starts with nothing.
     *
     * @param limits the logits above which each category is predicted, by the name of the head; 0 where none is given
     */
    MultiLabelCounts(NDManager manager, HeadGroup group, Map<String, float[]> limits) {
        super(manager, group, ADD);
        this.manager = manager;
        this.limits =
                manager.create(limits(group, limits), new Shape(1, group.heads().size(), group.width()));
        categories = manager.zeros(new Shape(3, group.heads().size(), group.width()), DataType.INT64);
        rows = manager.zeros(new Shape(2, group.heads().size()), DataType.INT64);
        nonFinite = manager.zeros(new Shape(group.heads().size()), DataType.INT64);
    }

    private static float[] limits(HeadGroup group, Map<String, float[]> limits) {
        float[] all = new float[group.heads().size() * group.width()];
        for (int h = 0; h < group.heads().size(); h++) {
            float[] ofHead = limits.getOrDefault(group.heads().get(h).name(), new float[0]);
            System.arraycopy(ofHead, 0, all, h * group.width(), ofHead.length);
        }
        return all;
    }

    @Override
    List<NDArray> arguments() {
        return List.of(limits, categories, rows, nonFinite);
    }

    @Override
    void take(NDList found) {
        // all was added on the device
    }

    @Override
    Map<String, NDArray> state(String prefix, NDManager made) {
        return Map.of(prefix + 0, categories, prefix + 1, rows, prefix + 2, nonFinite);
    }

    @Override
    void restore(String prefix, Map<String, NDArray> saved) {
        Map<String, NDArray> mine = new HashMap<>(state(prefix, manager));
        mine.keySet().retainAll(saved.keySet()); // earlier releases did not count logits that are not finite
        mine.forEach((name, array) -> {
            NDArray earlier = saved.get(name);
            if (earlier != null && !earlier.getShape().equals(array.getShape())) {
                throw new IllegalStateException(
                        "the checkpoint was saved in the middle of an epoch by an earlier release"
                                + " that counted heads of very different sizes in another way; remove it, so that the training"
                                + " goes on from the one before");
            }
        });
        ArrayCopy.copy(manager, mine, saved);
    }

    @Override
    void add(String prefix, Map<String, NDArray> others) {
        state(prefix, manager).forEach((name, array) -> array.addi(others.get(name)));
    }

    @Override
    Snapshot read() {
        int heads = group().heads().size();
        int width = group().width();
        long[] counts = categories.toLongArray();
        long[] images = rows.toLongArray();
        long[] without = nonFinite.toLongArray();
        return (index, loss) -> {
            Head head = group().heads().get(index);
            List<HeadCounts.Tag> tags = new ArrayList<>();
            for (int k = 0; k < head.size(); k++) {
                int at = index * width + k;
                tags.add(new HeadCounts.Tag(counts[at], counts[heads * width + at], counts[2 * heads * width + at]));
            }
            long support = images[index];
            double accuracy = support == 0 ? Double.NaN : (double) images[heads + index] / support;
            return new HeadCounts.Tags(head, loss, accuracy, support, without[index], tags);
        };
    }
}
