package io.github.multilabel.evaluation.internal.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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

    /** Up to so many columns it does not matter how many of them are filled. */
    private static final long FEW_CELLS = 1 << 14;

    private final List<Head> heads;
    private final int[] positions;
    private final int width;
    private final NDArray columns;
    private final NDArray absent;

    private HeadGroup(NDManager manager, HeadSet all, List<Head> members) {
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

    /**
     * Lays out some heads of a model.
     *
     * @param manager will own the arrays of the layouts
     * @param all the heads of the model, whose order the lists of arrays have
     * @param filter which of them to take
     * @return a group for each kind of head that was taken; several where heads differ much in size and are large
     */
    public static List<HeadGroup> byKind(NDManager manager, HeadSet all, Predicate<Head> filter) {
        List<HeadGroup> groups = new ArrayList<>();
        for (Head.Kind kind : Head.Kind.values()) { // in this order checkpoints number the counts of groups
            List<Head> members = all.stream()
                    .filter(head -> head.kind() == kind && filter.test(head))
                    .toList();
            for (List<Head> alike : alike(members)) {
                groups.add(new HeadGroup(manager, all, alike));
            }
        }
        return groups;
    }

    /** A hundred small heads beside one of ten thousand categories must not each be filled up to that size. */
    private static List<List<Head>> alike(List<Head> members) {
        if (members.isEmpty()) {
            return List.of();
        }
        long width = members.stream().mapToLong(Head::size).max().orElseThrow();
        long cells = members.stream().mapToLong(Head::size).sum();
        if (members.size() * width <= Math.max(FEW_CELLS, 2 * cells)) {
            return List.of(members);
        }
        List<List<Head>> groups = new ArrayList<>();
        groups.add(members.stream().filter(head -> 4L * head.size() > width).toList());
        groups.addAll(
                alike(members.stream().filter(head -> 4L * head.size() <= width).toList()));
        return groups;
    }

    /** What kind of heads they are. */
    public Head.Kind kind() {
        return heads.get(0).kind();
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
