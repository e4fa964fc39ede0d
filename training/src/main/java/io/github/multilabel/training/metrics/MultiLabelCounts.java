package io.github.multilabel.training.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.training.heads.HeadGroup;
import java.util.ArrayList;
import java.util.List;

/** True positives, support and predictions of each category of all multi-label heads, and their right answers. */
final class MultiLabelCounts extends GroupCounts {

    private static final String ADD =
            """
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

    /** (3, H, K): images of which the category was rightly predicted, is true, was predicted. */
    private final NDArray categories;
    /** (2, H): images that are labelled, and those that are answered rightly. */
    private final NDArray rows;

    MultiLabelCounts(NDManager manager, HeadGroup group) {
        super(manager, group, ADD);
        categories = manager.zeros(new Shape(3, group.heads().size(), group.width()), DataType.INT64);
        rows = manager.zeros(new Shape(2, group.heads().size()), DataType.INT64);
    }

    @Override
    List<NDArray> counts() {
        return List.of(categories, rows);
    }

    @Override
    Snapshot read() {
        int heads = group().heads().size();
        int width = group().width();
        long[] counts = categories.toLongArray();
        long[] images = rows.toLongArray();
        return (index, loss) -> {
            Head head = group().heads().get(index);
            List<CategoryMetrics> metrics = new ArrayList<>();
            for (int k = 0; k < head.size(); k++) {
                int at = index * width + k;
                metrics.add(CategoryMetrics.of(
                        head.category(k), counts[at], counts[heads * width + at], counts[2 * heads * width + at]));
            }
            long support = images[index];
            double accuracy = CategoryMetrics.ratio(images[heads + index], support);
            return new MultiLabelMetrics(head, loss, accuracy, support, metrics);
        };
    }
}
