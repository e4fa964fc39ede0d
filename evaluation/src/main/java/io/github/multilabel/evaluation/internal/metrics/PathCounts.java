package io.github.multilabel.evaluation.internal.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.programs.ArrayCopy;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.evaluation.internal.counts.HierarchyCounts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The counts of a finest head with its parents, kept on the device and added to by one native call per batch. */
final class PathCounts implements AutoCloseable {

    /** The finest head is the first of all. Logits that are not finite answer -1, whose path is unknown. */
    private static final String ADD =
            """
            def answer(self, logits: Tensor) -> Tensor:
              finite = torch.isfinite(torch.amax(logits, [1]))
              return torch.masked_fill(torch.argmax(logits, 1), torch.logical_not(finite), -1)
            def add(self, logits: List[Tensor], labels: List[Tensor], paths: Tensor, counts: Tensor) -> int:
              answers = torch.stack([ANSWERS], 1)
              y = torch.stack(labels, 1)
              path = torch.index_select(paths, 0, torch.add(torch.select(answers, 1, 0), 1))
              due = torch.index_select(paths, 0, torch.add(torch.select(y, 1, 0), 1))
              labelled = torch.all(torch.ge(y, 0), 1)
              right = torch.logical_and(labelled, torch.all(torch.eq(answers, y), 1))
              known = torch.ge(path, 0)
              against = torch.logical_and(torch.ne(answers, path), torch.ge(answers, 0))
              broken = torch.any(torch.logical_and(against, known), 1)
              wrong = torch.logical_and(torch.logical_and(torch.ne(path, due), torch.ge(due, 0)), known)
              mistake = torch.select(wrong, 1, 0)
              found = [torch.sum(labelled), torch.sum(right), torch.sum(broken), torch.sum(mistake), torch.sum(wrong)]
              _0 = torch.add_(counts, torch.stack(found))
              return 0
            """;

    private static final String PREFIX = "hierarchy.";
    private static final int COUNTS = 5;

    private final String finest;
    private final int[] positions;
    /** (K + 1, H) int64: by category of the finest head, 1 added, itself and those of its parents; -1 if unknown. */
    private final NDArray paths;
    /** (5) int64, in the order of {@link HierarchyCounts}. */
    private final NDArray counts;

    private final NDManager manager;
    private final TorchFunction program;
    private boolean isKnown = true;

    /**
     * Starts with nothing.
     *
     * @param all the heads of the model, whose order the lists of arrays have
     * @param evaluated those of them that are evaluated, with their hierarchy
     */
    PathCounts(NDManager manager, HeadSet all, HeadSet evaluated, String finest) {
        this.manager = manager;
        this.finest = finest;
        List<String> parents = evaluated.hierarchy().parents(finest);
        positions = Stream.concat(Stream.of(finest), parents.stream())
                .mapToInt(all::indexOf)
                .toArray();
        int size = evaluated.get(finest).size();
        int heads = positions.length;
        long[] table = new long[(size + 1) * heads];
        Arrays.fill(table, 0, heads, Labels.MISSING);
        for (int k = 0; k < size; k++) {
            table[(k + 1) * heads] = k;
        }
        for (int h = 1; h < heads; h++) {
            List<Integer> parentOf = evaluated.hierarchy().parentOf(finest, parents.get(h - 1));
            for (int k = 0; k < size; k++) {
                table[(k + 1) * heads + h] = parentOf.get(k);
            }
        }
        paths = manager.create(table, new Shape(size + 1, heads));
        counts = manager.zeros(new Shape(COUNTS), DataType.INT64);
        String answers = IntStream.range(0, heads)
                .mapToObj(i -> "(self).answer(logits[" + i + "])")
                .collect(Collectors.joining(", "));
        program = TorchFunction.load(manager, ADD.replace("ANSWERS", answers));
    }

    /** Adds a batch. */
    void add(NDList logits, NDList labels) {
        program.run("add", mine(logits), mine(labels), paths, counts).close();
    }

    private NDList mine(NDList all) {
        return new NDList(IntStream.of(positions).mapToObj(all::get).toArray(NDArray[]::new));
    }

    /** What was counted, as a live array by its name. */
    Map<String, NDArray> state() {
        return Map.of(PREFIX + finest, counts);
    }

    /** Takes over a {@link #state}, copied; earlier releases, and trainings without the hierarchy, saved none. */
    void restore(Map<String, NDArray> saved) {
        isKnown = saved.containsKey(PREFIX + finest);
        if (isKnown) {
            ArrayCopy.copy(manager, state(), saved);
        }
    }

    /** Adds a {@link #state}, counted of other images. */
    void add(Map<String, NDArray> others) {
        state().forEach((name, array) -> array.addi(others.get(name)));
    }

    /** Brings the counts to Java; waits for the device. Empty if what was restored lacked some. */
    Optional<HierarchyCounts> read() {
        long[] found = counts.toLongArray();
        return isKnown
                ? Optional.of(new HierarchyCounts(finest, found[0], found[1], found[2], found[3], found[4]))
                : Optional.empty();
    }

    @Override
    public void close() {
        program.close();
    }
}
