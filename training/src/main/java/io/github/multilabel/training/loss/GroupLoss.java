package io.github.multilabel.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.training.heads.HeadGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The standard losses of all heads of one kind, in one native call that gives (2, H): the losses and their divisors.
 */
final class GroupLoss implements AutoCloseable {

    private static final String MEAN =
            """
            def mean(self, sums: Tensor, divisors: Tensor) -> Tensor:
              safe = torch.masked_fill(divisors, torch.eq(divisors, 0), 1.)
              return torch.stack([torch.div(sums, safe), divisors])
            """;

    /** The weight of a row is that of its category, 0 if the label is missing. */
    private static final String CROSS_ENTROPY =
            """
            def forward(self, logits: List[Tensor], labels: List[Tensor], columns: Tensor, absent: Tensor, weights: Tensor) -> Tensor:
              y = torch.stack(labels, 1)
              label = torch.unsqueeze(torch.clamp_min(y, 0), 2)
              x = torch.log_softmax((self).pad(logits, columns, absent, -inf), 2)
              surprise = torch.neg(torch.squeeze(torch.gather(x, 2, label), 2))
              category = torch.gather(torch.expand(weights, [torch.size(y, 0), -1, -1]), 2, label)
              w = torch.mul(torch.squeeze(category, 2), torch.ge(y, 0))
              return (self).mean(torch.sum(torch.mul(surprise, w), [0]), torch.sum(w, [0]))
            """;

    private static final String BINARY_CROSS_ENTROPY =
            """
            def forward(self, logits: List[Tensor], labels: List[Tensor], columns: Tensor, absent: Tensor, weights: Tensor) -> Tensor:
              y = (self).pad(labels, columns, absent, -1.)
              x = (self).pad(logits, columns, absent, 0.)
              w = torch.mul(torch.ge(y, 0), weights)
              surprise = torch.binary_cross_entropy_with_logits(x, torch.clamp_min(y, 0), None, None, 0)
              return (self).mean(torch.sum(torch.mul(surprise, w), [0, 2]), torch.sum(w, [0, 2]))
            """;

    private final HeadGroup group;
    private final NDArray weights;
    private final TorchFunction program;

    /**
     * Prepares the losses.
     *
     * @param classWeights by head name; a head that is not named counts its categories alike
     */
    GroupLoss(NDManager manager, HeadGroup group, Map<String, List<Double>> classWeights) {
        this.group = group;
        List<Head> heads = group.heads();
        float[] padded = new float[heads.size() * group.width()];
        Arrays.fill(padded, 1);
        for (int h = 0; h < heads.size(); h++) {
            List<Double> given = classWeights.get(heads.get(h).name());
            if (given != null) {
                float[] checked = ClassWeights.checked(given);
                System.arraycopy(checked, 0, padded, h * group.width(), checked.length);
            }
        }
        weights = manager.create(padded, new Shape(1, heads.size(), group.width()));
        String text = group.kind() == Head.Kind.SINGLE_LABEL ? CROSS_ENTROPY : BINARY_CROSS_ENTROPY;
        program = TorchFunction.load(manager, HeadGroup.PAD + MEAN + text);
    }

    NDArray of(NDManager results, NDList logits, NDList labels) {
        return program.forward(
                        results, group.select(logits), group.select(labels), group.columns(), group.absent(), weights)
                .singletonOrThrow();
    }

    @Override
    public void close() {
        program.close();
    }
}
