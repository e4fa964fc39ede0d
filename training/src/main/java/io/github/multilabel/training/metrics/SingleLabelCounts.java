package io.github.multilabel.training.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.training.heads.HeadGroup;
import java.util.Arrays;
import java.util.List;

/** The confusion matrices of all single-label heads, row by row in one long array. */
final class SingleLabelCounts extends GroupCounts {

    private static final String ADD =
            """
            def add(self, logits: List[Tensor], labels: List[Tensor], columns: Tensor, absent: Tensor, starts: Tensor, sizes: Tensor, confusion: Tensor) -> Tensor:
              guess = torch.argmax((self).pad(logits, columns, absent, -inf), 2)
              y = torch.stack(labels, 1)
              known = torch.ge(y, 0)
              cell = torch.add(torch.add(torch.mul(torch.clamp_min(y, 0), sizes), guess), starts)
              _0 = torch.scatter_add_(confusion, 0, torch.flatten(cell), torch.to(torch.flatten(known), 4))
              return torch.stack([torch.all(known, 1), torch.all(torch.eq(guess, y), 1)])
            """;

    private final long[] starts;
    private final NDArray startArray;
    private final NDArray sizes;
    private final NDArray confusion;

    SingleLabelCounts(NDManager manager, HeadGroup group) {
        super(manager, group, ADD);
        List<Head> heads = group.heads();
        starts = new long[heads.size()];
        long cells = 0;
        for (int h = 0; h < starts.length; h++) {
            starts[h] = cells;
            cells += (long) heads.get(h).size() * heads.get(h).size();
        }
        startArray = manager.create(starts);
        sizes = manager.create(heads.stream().mapToLong(Head::size).toArray());
        confusion = manager.zeros(new Shape(cells), DataType.INT64);
    }

    @Override
    List<NDArray> counts() {
        return List.of(startArray, sizes, confusion);
    }

    @Override
    Snapshot read() {
        long[] counts = confusion.toLongArray();
        return (index, loss) -> {
            Head head = group().heads().get(index);
            long[][] matrix = new long[head.size()][];
            for (int k = 0; k < matrix.length; k++) {
                int from = (int) starts[index] + k * head.size();
                matrix[k] = Arrays.copyOfRange(counts, from, from + head.size());
            }
            return new SingleLabelMetrics(head, loss, matrix);
        };
    }
}
