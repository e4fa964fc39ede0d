package io.github.multilabel.training.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import io.github.multilabel.training.heads.HeadGroup;
import java.util.ArrayList;
import java.util.List;

/** True positives, support and predictions of each category of all multi-label heads, and their right answers. */
final class MultiLabelCounts implements GroupCounts {

    private static final String TEXT = HeadGroup.PAD
            + """
            def add(self, logits: List[Tensor], labels: List[Tensor], columns: Tensor, absent: Tensor, categories: Tensor, rows: Tensor) -> Tensor:
              y = (self).pad(labels, columns, absent, -1.)
              known = torch.ge(y, 0)
              truth = torch.gt(y, 0)
              guess = torch.logical_and(torch.gt((self).pad(logits, columns, absent, 0.), 0), known)
              both = torch.logical_and(truth, guess)
              _0 = torch.add_(categories, torch.sum(torch.stack([both, truth, guess]), [1]))
              labelled = torch.any(known, 2)
              right = torch.logical_and(torch.all(torch.eq(truth, guess), 2), labelled)
              _1 = torch.add_(rows, torch.sum(torch.stack([labelled, right]), [1]))
              return torch.stack([torch.all(labelled, 1), torch.all(right, 1)])
            """;

    private final HeadGroup group;
    /** (3, H, K): images of which the category was rightly predicted, is true, was predicted. */
    private final NDArray categories;
    /** (2, H): images that are labelled, and those that are answered rightly. */
    private final NDArray rows;

    private final TorchFunction program;

    MultiLabelCounts(NDManager manager, HeadSet all, List<Head> members) {
        group = new HeadGroup(manager, all, members);
        categories = manager.zeros(new Shape(3, members.size(), group.width()), DataType.INT64);
        rows = manager.zeros(new Shape(2, members.size()), DataType.INT64);
        program = TorchFunction.load(manager, TEXT);
    }

    @Override
    public HeadGroup group() {
        return group;
    }

    @Override
    public NDArray add(NDManager results, NDList logits, NDList labels) {
        try (TorchValue matches = program.run(
                "add", group.select(logits), group.select(labels), group.columns(), group.absent(), categories, rows)) {
            return matches.toArray(results);
        }
    }

    @Override
    public Snapshot read() {
        int heads = group.heads().size();
        int plane = heads * group.width();
        long[] counts = categories.toLongArray();
        long[] images = rows.toLongArray();
        return (index, loss) -> {
            Head head = group.heads().get(index);
            List<CategoryMetrics> metrics = new ArrayList<>();
            for (int k = 0; k < head.size(); k++) {
                int at = index * group.width() + k;
                metrics.add(
                        CategoryMetrics.of(head.category(k), counts[at], counts[plane + at], counts[2 * plane + at]));
            }
            return new MultiLabelMetrics(head, loss, images[index], images[heads + index], metrics);
        };
    }

    @Override
    public void close() {
        program.close();
    }
}
