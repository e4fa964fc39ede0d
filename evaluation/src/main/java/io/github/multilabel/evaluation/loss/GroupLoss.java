package io.github.multilabel.evaluation.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.evaluation.internal.heads.HeadGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The losses of all heads of one formula, in one native call that gives (2, H): the losses and their divisors. */
final class GroupLoss implements AutoCloseable {

    private static final String MEAN =
            """
            def mean(self, sums: Tensor, divisors: Tensor) -> Tensor:
              safe = torch.masked_fill(divisors, torch.eq(divisors, 0), 1.)
              return torch.stack([torch.div(sums, safe), divisors])
            """;

    /** A row counts as much as its category, nothing if the label is missing. Narrow logits are widened to float32. */
    private static final String SINGLE_LABEL =
            """
            def picked(self, x: Tensor, label: Tensor) -> Tensor:
              return torch.squeeze(torch.gather(x, 2, label), 2)
            def forward(self, logits: List[Tensor], labels: List[Tensor], columns: Tensor, absent: Tensor, weights: Tensor, constants: Tensor) -> Tensor:
              y = torch.stack(labels, 1)
              known = torch.ge(y, 0)
              label = torch.unsqueeze(torch.clamp_min(y, 0), 2)
              x = torch.log_softmax(torch.to((self).pad(logits, columns, absent, -inf), 6), 2)
              spread = torch.expand(weights, [torch.size(y, 0), -1, -1])
              rows = (self).rows(x, label, absent, spread, constants)
              divisors = torch.sum(torch.mul((self).picked(spread, label), known), [0])
              return (self).mean(torch.sum(torch.mul(rows, known), [0]), divisors)
            """;

    private static final String MULTI_LABEL =
            """
            def forward(self, logits: List[Tensor], labels: List[Tensor], columns: Tensor, absent: Tensor, weights: Tensor, constants: Tensor) -> Tensor:
              y = (self).pad(labels, columns, absent, -1.)
              known = torch.ge(y, 0)
              x = torch.to((self).pad(logits, columns, absent, 0.), 6)
              c = torch.unsqueeze(torch.unsqueeze(constants, 2), 1)
              rows = (self).rows(x, torch.clamp_min(y, 0), weights, c)
              return (self).mean(torch.sum(torch.mul(rows, known), [0, 2]), torch.to(torch.sum(known, [0, 2]), 6))
            """;

    private final HeadGroup group;
    private final NDArray weights;
    private final NDArray constants;
    private final TorchFunction program;

    /**
     * Prepares the losses.
     *
     * @param losses by head name, all of the formula
     * @param classWeights by head name; a head that is not named counts its categories alike
     */
    GroupLoss(
            NDManager manager,
            HeadGroup group,
            Formula formula,
            Map<String, StandardLoss> losses,
            Map<String, List<Double>> classWeights) {
        this.group = group;
        List<Head> heads = group.heads();
        float[] padded = new float[heads.size() * group.width()];
        Arrays.fill(padded, 1);
        int rows = Math.max(1, losses.get(heads.get(0).name()).constants().size());
        float[] numbers = new float[rows * heads.size()];
        for (int h = 0; h < heads.size(); h++) {
            String name = heads.get(h).name();
            List<Double> given = classWeights.get(name);
            if (given != null) {
                float[] checked = ClassWeights.checked(given);
                System.arraycopy(checked, 0, padded, h * group.width(), checked.length);
            }
            List<Double> own = losses.get(name).constants();
            for (int c = 0; c < own.size(); c++) {
                numbers[c * heads.size() + h] = own.get(c).floatValue();
            }
        }
        weights = manager.create(padded, new Shape(1, heads.size(), group.width()));
        constants = manager.create(numbers, new Shape(rows, heads.size()));
        String frame = formula.kind() == Head.Kind.SINGLE_LABEL ? SINGLE_LABEL : MULTI_LABEL;
        program = TorchFunction.load(manager, HeadGroup.PAD + MEAN + formula.text() + frame);
    }

    NDArray of(NDManager results, NDList logits, NDList labels) {
        return program.forward(
                        results,
                        group.select(logits),
                        group.select(labels),
                        group.columns(),
                        group.absent(),
                        weights,
                        constants)
                .singletonOrThrow();
    }

    @Override
    public void close() {
        program.close();
    }
}
