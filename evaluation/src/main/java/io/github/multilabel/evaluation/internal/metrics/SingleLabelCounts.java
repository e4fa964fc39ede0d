package io.github.multilabel.evaluation.internal.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import io.github.multilabel.evaluation.internal.counts.SparseCounts;
import io.github.multilabel.evaluation.internal.heads.HeadGroup;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The confusion matrices of all single-label heads, of which only the cells that occurred are kept. The device finds
 * the cell of each image; they are brought to Java some batches at a time.
 */
final class SingleLabelCounts extends GroupCounts {

    /**
     * The argmax of NaN is a category like any other, so the program checks that the greatest logit is a number. A
     * category is among the most probable by the rule of scikit-learn: of equal logits, the later is the higher.
     */
    private static final String ADD =
            """
            def add(self, logits: List[Tensor], labels: List[Tensor], columns: Tensor, absent: Tensor, sizes: Tensor, places: Tensor, top: Tensor, waiting: Tensor) -> List[Tensor]:
              x = (self).pad(logits, columns, absent, -inf)
              finite = torch.isfinite(torch.amax(x, [2]))
              guess = torch.argmax(x, 2)
              y = torch.stack(labels, 1)
              known = torch.ge(y, 0)
              cell = torch.where(finite, torch.add(torch.mul(y, sizes), guess), torch.rsub(y, -1))
              own = torch.unsqueeze(torch.clamp(y, 0), 2)
              logit = torch.gather(x, 2, own)
              level = torch.logical_and(torch.eq(x, logit), torch.gt(places, own))
              above = torch.sum(torch.logical_or(torch.gt(x, logit), level), [2])
              among = torch.logical_and(torch.logical_and(torch.lt(above, TOP), known), finite)
              _0 = torch.add_(top, torch.sum(among, [0]))
              right = torch.logical_and(torch.eq(guess, y), finite)
              found = torch.masked_fill(cell, torch.logical_not(known), UNKNOWN)
              return [torch.stack([torch.all(known, 1), torch.all(right, 1)]), torch.cat([waiting, found], 0)]
            """
                    .replace("TOP", Integer.toString(HeadCounts.Confusion.TOP))
                    .replace("UNKNOWN", Long.toString(SingleLabelCounts.UNKNOWN));

    /** The cell of an image without a label. */
    private static final long UNKNOWN = Long.MIN_VALUE / 2;

    /** So many cells wait on the device before they are fetched. */
    private static final long MOST_WAITING = 1 << 16;

    private static final String CONFUSION = "confusion.";
    /** Earlier releases did not count these. */
    private static final String TOP = "top5.";

    private final NDManager manager;
    private final NDArray sizes;
    /** (K) int64: the number of each column. */
    private final NDArray places;
    /** (H) int64: images whose category was among the most probable. */
    private final NDArray top;
    /** By the order of the heads in the group. */
    private final List<SparseCounts> confusion;
    /** (N, H) int64: the cells of so many images. */
    private NDArray waiting;

    private boolean isTopKnown = true;

    SingleLabelCounts(NDManager manager, HeadGroup group) {
        super(manager, group, ADD);
        this.manager = manager;
        List<Head> heads = group.heads();
        sizes = manager.create(heads.stream().mapToLong(Head::size).toArray());
        places = manager.arange(group.width()).toType(DataType.INT64, false);
        top = manager.zeros(new Shape(heads.size()), DataType.INT64);
        confusion = heads.stream().map(head -> new SparseCounts()).toList();
        waiting = manager.create(new long[0], new Shape(0, heads.size()));
    }

    @Override
    List<NDArray> arguments() {
        return List.of(sizes, places, top, waiting);
    }

    @Override
    void take(NDList found) {
        keep(found.get(1));
        if (waiting.size() > MOST_WAITING) {
            fetch();
        }
    }

    private void keep(NDArray cells) {
        cells.attach(manager);
        waiting.close();
        waiting = cells;
    }

    private void fetch() {
        long[] cells = waiting.toLongArray();
        int heads = confusion.size();
        for (int h = 0; h < heads; h++) {
            int first = h;
            confusion
                    .get(h)
                    .add(IntStream.iterate(first, i -> i < cells.length, i -> i + heads)
                            .mapToLong(i -> cells[i])
                            .filter(cell -> cell != UNKNOWN)
                            .toArray());
        }
        keep(manager.create(new long[0], new Shape(0, heads)));
    }

    /**
     * Of each head (2, cells): the cells that occurred, and how often; (1): the images whose category was among the
     * most probable.
     */
    @Override
    Map<String, NDArray> state(String prefix, NDManager made) {
        fetch();
        Map<String, NDArray> state = new LinkedHashMap<>();
        long[] tops = top.toLongArray();
        for (int h = 0; h < confusion.size(); h++) {
            SparseCounts counts = confusion.get(h);
            if (counts.size() > 0) {
                long[] numbers = LongStream.concat(
                                IntStream.range(0, counts.size()).mapToLong(counts::cell),
                                IntStream.range(0, counts.size()).mapToLong(counts::count))
                        .toArray();
                state.put(CONFUSION + group().heads().get(h).name(), made.create(numbers, new Shape(2, counts.size())));
                if (isTopKnown) {
                    state.put(TOP + group().heads().get(h).name(), made.create(new long[] {tops[h]}));
                }
            }
        }
        return state;
    }

    @Override
    void restore(String prefix, Map<String, NDArray> saved) {
        add(prefix, saved); // to nothing
    }

    @Override
    void add(String prefix, Map<String, NDArray> others) {
        long[] tops = new long[confusion.size()];
        for (int h = 0; h < confusion.size(); h++) {
            Head head = group().heads().get(h);
            NDArray counts = others.get(CONFUSION + head.name());
            if (counts != null) {
                long[] numbers = counts.toLongArray();
                int cells = numbers.length / 2;
                confusion
                        .get(h)
                        .merge(Arrays.copyOf(numbers, cells), Arrays.copyOfRange(numbers, cells, numbers.length));
                NDArray among = others.get(TOP + head.name());
                isTopKnown &= among != null;
                tops[h] = among == null ? 0 : among.getLong();
            }
        }
        top.addi(manager.create(tops));
    }

    /**
     * Takes over what earlier releases saved: the whole matrices of all single-label heads, one after the other.
     *
     * @param starts where that of a head begins, by its name
     */
    void restoreWhole(NDArray matrices, Map<String, Long> starts) {
        isTopKnown = false;
        for (int h = 0; h < confusion.size(); h++) {
            Head head = group().heads().get(h);
            long start = Objects.requireNonNull(starts.get(head.name()), head.name());
            long[] matrix = matrices.get(start + ":" + (start + (long) head.size() * head.size()))
                    .toLongArray();
            long[] cells = IntStream.range(0, matrix.length)
                    .filter(cell -> matrix[cell] > 0)
                    .asLongStream()
                    .toArray();
            confusion
                    .get(h)
                    .merge(
                            cells,
                            LongStream.of(cells).map(cell -> matrix[(int) cell]).toArray());
        }
    }

    @Override
    Snapshot read() {
        fetch();
        List<SparseCounts> counts = confusion.stream().map(SparseCounts::copy).toList();
        long[] tops = top.toLongArray();
        boolean isKnown = isTopKnown;
        return (index, loss) -> new HeadCounts.Confusion(
                group().heads().get(index),
                loss,
                counts.get(index),
                isKnown ? tops[index] : HeadCounts.Confusion.UNKNOWN);
    }
}
