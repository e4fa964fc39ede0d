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
import java.util.Arrays;
import java.util.List;

/** The confusion matrices of all single-label heads, row by row in one long array. */
final class SingleLabelCounts implements GroupCounts {

    private static final String TEXT = HeadGroup.PAD
            + """
            def add(self, logits: List[Tensor], labels: List[Tensor], columns: Tensor, absent: Tensor, starts: Tensor, sizes: Tensor, confusion: Tensor) -> Tensor:
              guess = torch.argmax((self).pad(logits, columns, absent, -inf), 2)
              y = torch.stack(labels, 1)
              known = torch.ge(y, 0)
              cell = torch.add(torch.add(torch.mul(torch.clamp_min(y, 0), sizes), guess), starts)
              _0 = torch.scatter_add_(confusion, 0, torch.flatten(cell), torch.to(torch.flatten(known), 4))
              return torch.stack([torch.all(known, 1), torch.all(torch.eq(guess, y), 1)])
            """;

    private final HeadGroup group;
    private final long[] starts;
    private final NDArray startArray;
    private final NDArray sizeArray;
    private final NDArray confusion;
    private final TorchFunction program;

    SingleLabelCounts(NDManager manager, HeadSet all, List<Head> members) {
        group = new HeadGroup(manager, all, members);
        starts = new long[members.size() + 1];
        for (int h = 0; h < members.size(); h++) {
            long size = members.get(h).size();
            starts[h + 1] = starts[h] + size * size;
        }
        startArray = manager.create(Arrays.copyOf(starts, members.size()));
        sizeArray = manager.create(members.stream().mapToLong(Head::size).toArray());
        confusion = manager.zeros(new Shape(starts[members.size()]), DataType.INT64);
        program = TorchFunction.load(manager, TEXT);
    }

    @Override
    public HeadGroup group() {
        return group;
    }

    @Override
    public NDArray add(NDManager results, NDList logits, NDList labels) {
        try (TorchValue rows = program.run(
                "add",
                group.select(logits),
                group.select(labels),
                group.columns(),
                group.absent(),
                startArray,
                sizeArray,
                confusion)) {
            return rows.toArray(results);
        }
    }

    @Override
    public Snapshot read() {
        long[] counts = confusion.toLongArray();
        return (index, loss) -> {
            Head head = group.heads().get(index);
            long[][] matrix = new long[head.size()][];
            for (int k = 0; k < matrix.length; k++) {
                int from = (int) starts[index] + k * head.size();
                matrix[k] = Arrays.copyOfRange(counts, from, from + head.size());
            }
            return new SingleLabelMetrics(head, loss, matrix);
        };
    }

    @Override
    public void close() {
        program.close();
    }
}
