package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.evaluation.loss.BatchLoss;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a gradient reaches each head that learns. Asked of the first steps only, until each head has had one: in an
 * ordinary training that is once.
 */
final class HeadGradients implements AutoCloseable {

    /**
     * For each array of logits: -1 if the loss does not depend on them, otherwise whether the gradient is other than 0;
     * 1 for logits that are frozen as a whole.
     */
    private static final String TEXT =
            """
            def forward(self, losses: Tensor, logits: List[Tensor]) -> Tensor:
              total = torch.sum(losses)
              found = annotate(List[Tensor], [])
              for h in range(torch.len(logits)):
                reaches = torch.to(torch.ones_like(torch.select(losses, 0, 0)), 4)
                if ops.prim.requires_grad(logits[h]):
                  reaches = torch.neg(reaches)
                  if ops.prim.requires_grad(total):
                    gradient = torch.grad([total], [logits[h]], None, True, False, True)[0]
                    if torch.__isnot__(gradient, None):
                      reaches = torch.to(torch.any(torch.ne(unchecked_cast(Tensor, gradient), 0)), 4)
                _0 = torch.append(found, reaches)
              return torch.stack(found)
            """;

    private final NDManager manager;
    private final TorchFunction program;
    /** By position, of those that have a weight and had no gradient yet; whether they had a label. */
    private final Map<Integer, Boolean> waiting = new LinkedHashMap<>();

    private final List<String> names;

    HeadGradients(NDManager parent, TrainingSettings settings) {
        manager = parent.newSubManager();
        program = TorchFunction.load(manager, TEXT);
        names = settings.model().heads().names();
        List<Double> weights = settings.loss().headWeightsInOrder();
        for (int h = 0; h < weights.size(); h++) {
            if (weights.get(h) > 0) {
                waiting.put(h, false);
            }
        }
    }

    /**
     * Inspects a batch before its backward pass, within a gradient collector.
     *
     * @param divisors of the losses: 0 for a head without a label
     * @throws IllegalArgumentException if a head with labels has a loss that does not depend on its logits
     */
    void inspect(NDManager batch, BatchLoss loss, NDList logits, double... divisors) {
        List<Integer> asked =
                waiting.keySet().stream().filter(h -> divisors[h] > 0).toList();
        if (asked.isEmpty()) {
            return;
        }
        long[] found = program.forward(
                        batch,
                        loss.losses(),
                        new NDList(asked.stream().map(logits::get).toArray(NDArray[]::new)))
                .singletonOrThrow()
                .toLongArray();
        for (int i = 0; i < found.length; i++) {
            int head = asked.get(i);
            if (found[i] < 0) {
                throw withoutGradient(head);
            }
            if (found[i] > 0) {
                waiting.remove(head);
            } else {
                waiting.put(head, true);
            }
        }
    }

    private IllegalArgumentException withoutGradient(int head) {
        return new IllegalArgumentException("the loss of head '" + names.get(head) + "' does not depend on its logits:"
                + " no gradient reaches the head, so it would learn nothing. Compute it from the logits by operations"
                + " that have a gradient; a constant, argMax, a comparison, stopGradient, and numbers that went through"
                + " Java have none");
    }

    /** The heads that had labels and in every step a gradient of exactly 0. */
    List<String> without() {
        List<String> without = new ArrayList<>();
        waiting.forEach((head, labelled) -> {
            if (labelled) {
                without.add(names.get(head));
            }
        });
        return without;
    }

    @Override
    public void close() {
        program.close();
        manager.close();
    }
}
