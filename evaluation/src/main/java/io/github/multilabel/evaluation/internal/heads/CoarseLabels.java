package io.github.multilabel.evaluation.internal.heads;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Hierarchy;
import io.github.multilabel.core.internal.programs.TorchPrograms;
import io.github.multilabel.core.torch.TorchFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What coarse labels teach a finer head: a row whose label of it is missing adds the negative logarithm of the summed
 * probability of all categories that its parents' labels allow (the marginal likelihood). A category whose parent is
 * not known is allowed with any; a row whose labels allow none adds nothing.
 */
public final class CoarseLabels {

    /** The loss of the head is the mean over the rows that have its label and those that have a coarse one alone. */
    private static final String TEXT =
            """
            def forward(self, perHead: Tensor, column: Tensor, fine: Tensor, label: Tensor, parents: List[Tensor], parentOf: Tensor) -> Tensor:
              y = torch.unsqueeze(torch.stack(parents, 0), 2)
              silent = torch.logical_or(torch.lt(y, 0), torch.lt(parentOf, 0))
              allowed = torch.all(torch.logical_or(torch.eq(y, parentOf), silent), 0)
              known = torch.any(torch.ge(torch.squeeze(y, 2), 0), 0)
              coarse = torch.logical_and(torch.logical_and(known, torch.lt(label, 0)), torch.any(allowed, 1))
              counted = torch.logical_or(allowed, torch.unsqueeze(torch.logical_not(coarse), 1))
              x = torch.log_softmax(torch.to(fine, 6), 1)
              rows = torch.logsumexp(torch.masked_fill(x, torch.logical_not(counted), -inf), [1])
              used = torch.to(coarse, 6)
              own = torch.index_select(perHead, 1, column)
              total = torch.sub(torch.mul(own[0], own[1]), torch.sum(torch.mul(rows, used)))
              divisor = torch.add(own[1], torch.sum(used))
              safe = torch.masked_fill(divisor, torch.eq(divisor, 0), 1.)
              return torch.index_copy(perHead, 1, column, torch.stack([torch.div(total, safe), divisor]))
            """;

    /** As of {@link GroupLoss}, one for each device. */
    private static final Map<Device, TorchPrograms<String>> PROGRAMS = new ConcurrentHashMap<>();

    private final int child;
    private final int[] parents;
    private final NDArray column;
    private final NDArray parentOf;
    private final TorchFunction program;

    private CoarseLabels(NDManager manager, HeadSet heads, String child) {
        this.child = heads.indexOf(child);
        List<Hierarchy.Link> links = heads.hierarchy().links().stream()
                .filter(link -> link.child().equals(child))
                .toList();
        parents = links.stream().mapToInt(link -> heads.indexOf(link.parent())).toArray();
        column = manager.create(new long[] {this.child});
        int size = heads.get(child).size();
        long[] indices = links.stream()
                .flatMap(link -> link.parentOf().stream())
                .mapToLong(Integer::longValue)
                .toArray();
        parentOf = manager.create(indices, new Shape(parents.length, 1, size));
        program = PROGRAMS.computeIfAbsent(manager.getDevice(), any -> new TorchPrograms<>(text -> text))
                .get(TEXT, manager.getDevice());
    }

    /**
     * Prepares what the heads that have parents learn.
     *
     * @param manager owns the constants
     */
    public static List<CoarseLabels> of(NDManager manager, HeadSet heads) {
        List<CoarseLabels> found = new ArrayList<>();
        heads.hierarchy().links().stream()
                .map(Hierarchy.Link::child)
                .distinct()
                .forEach(child -> found.add(new CoarseLabels(manager, heads, child)));
        return found;
    }

    /**
     * Adds to the losses of a batch what its coarse labels teach the head.
     *
     * @param results will own the result
     * @param perHead (2, H): the losses and their divisors
     * @param logits per head of the model (N, K)
     * @param labels per head of the model, -1 where missing
     * @return (2, H), differentiable with respect to the logits
     */
    public NDArray addTo(NDManager results, NDArray perHead, NDList logits, NDList labels) {
        NDList coarser = new NDList();
        for (int parent : parents) {
            coarser.add(labels.get(parent));
        }
        return program.forward(results, perHead, column, logits.get(child), labels.get(child), coarser, parentOf)
                .singletonOrThrow();
    }
}
