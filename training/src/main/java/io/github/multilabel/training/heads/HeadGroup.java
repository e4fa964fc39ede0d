package io.github.multilabel.training.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some heads of one kind, laid side by side as one array (N, H, K), where K is the size of the largest of them. The
 * columns that a smaller head lacks are filled with a value that counts for nothing, so one kernel serves all heads.
 *
 * <p>A program that contains {@link #PAD} makes the array of a list of (N, K_h) by {@code (self).pad(arrays, columns,
 * absent, filling)}.
 */
public final class HeadGroup {

    /** The method of a program text that lays arrays (N, K_h) side by side; differentiable. */
    public static final String PAD =
            """
            def pad(self, arrays: List[Tensor], columns: Tensor, absent: Tensor, filling: float) -> Tensor:
              n = torch.size(arrays[0], 0)
              taken = torch.gather(torch.cat(arrays, 1), 1, torch.expand(columns, [n, -1]))
              wide = torch.reshape(taken, [n, torch.size(absent, 1), torch.size(absent, 2)])
              return torch.masked_fill(wide, absent, filling)
            """;

    private final List<Head> heads;
    private final int[] positions;
    private final int width;
    private final NDArray columns;
    private final NDArray absent;

    /**
     * Lays out some heads.
     *
     * @param manager will own the two arrays of the layout
     * @param all the heads of the model, whose order the lists of arrays have
     * @param members the heads of this group, at least one
     */
    public HeadGroup(NDManager manager, HeadSet all, List<Head> members) {
        heads = List.copyOf(members);
        positions = heads.stream().mapToInt(head -> all.indexOf(head.name())).toArray();
        width = heads.stream().mapToInt(Head::size).max().orElseThrow();
        long[] from = new long[heads.size() * width];
        boolean[] none = new boolean[from.length];
        int start = 0;
        for (int h = 0; h < heads.size(); h++) {
            int size = heads.get(h).size();
            for (int k = 0; k < width; k++) {
                from[h * width + k] = k < size ? start + k : 0;
                none[h * width + k] = k >= size;
            }
            start += size;
        }
        columns = manager.create(from, new Shape(1, from.length));
        absent = manager.create(none, new Shape(1, heads.size(), width));
    }

    /** The heads of the group, in the order of axis 1. */
    public List<Head> heads() {
        return heads;
    }

    /** The size of axis 2: that of the largest head. */
    public int width() {
        return width;
    }

    /** The position in the model's head set of the head at a position in this group. */
    public int position(int index) {
        return positions[index];
    }

    /** The arrays of this group out of a list of one array per head of the model. */
    public NDList select(NDList perHead) {
        return new NDList(IntStream.of(positions).mapToObj(perHead::get).toArray(NDArray[]::new));
    }

    /** The argument {@code columns} of {@link #PAD}: (1, H * K) int64. */
    public NDArray columns() {
        return columns;
    }

    /** The argument {@code absent} of {@link #PAD}: (1, H, K) bool, true where a head has no such category. */
    public NDArray absent() {
        return absent;
    }
}
