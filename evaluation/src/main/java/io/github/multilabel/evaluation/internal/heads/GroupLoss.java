package io.github.multilabel.evaluation.internal.heads;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.programs.TorchPrograms;
import io.github.multilabel.core.torch.TorchFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The losses of all heads of one formula, in one native call that gives (2, H): the losses and their divisors. */
public final class GroupLoss {

    /** In place of {@link HeadGroup#PAD} where there is one head and so nothing to lay side by side. */
    private static final String ALONE =
            """
            def pad(self, arrays: List[Tensor], columns: Tensor, absent: Tensor, filling: float) -> Tensor:
              return torch.unsqueeze(arrays[0], 1)
            """;

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

    /**
     * They stay for as long as the process, since a loss that is called by itself belongs to nobody who could close it.
     * There are no more of them than two for each formula and device, whatever constants and sizes heads have.
     */
    private static final Map<Device, TorchPrograms<Variant>> PROGRAMS = new ConcurrentHashMap<>();

    private record Variant(Formula formula, boolean alone) {

        String text() {
            String frame = formula.kind() == Head.Kind.SINGLE_LABEL ? SINGLE_LABEL : MULTI_LABEL;
            return (alone ? ALONE : HeadGroup.PAD) + MEAN + formula.text() + frame;
        }

        TorchFunction program(Device device) {
            return PROGRAMS.computeIfAbsent(device, any -> new TorchPrograms<>(Variant::text))
                    .get(this, device);
        }
    }

    private final HeadGroup group;
    private final NDArray weights;
    private final NDArray constants;
    private final TorchFunction program;

    /**
     * Prepares the losses.
     *
     * @param manager owns the constants
     * @param losses by head name, all of the formula
     * @param classWeights by head name, finite and at least 0; a head that is not named counts its categories alike
     */
    public GroupLoss(
            NDManager manager,
            HeadGroup group,
            Formula formula,
            Map<String, FormulaLoss> losses,
            Map<String, List<Double>> classWeights) {
        this.group = group;
        List<Head> heads = group.heads();
        float[] padded = new float[heads.size() * group.width()];
        Arrays.fill(padded, 1);
        int rows = Math.max(1, constants(losses, heads.get(0).name()).size());
        float[] numbers = new float[rows * heads.size()];
        for (int h = 0; h < heads.size(); h++) {
            String name = heads.get(h).name();
            List<Double> given = classWeights.getOrDefault(name, List.of());
            for (int k = 0; k < given.size(); k++) {
                padded[h * group.width() + k] = given.get(k).floatValue();
            }
            List<Double> own = constants(losses, name);
            for (int c = 0; c < own.size(); c++) {
                numbers[c * heads.size() + h] = own.get(c).floatValue();
            }
        }
        weights = manager.create(padded, new Shape(1, heads.size(), group.width()));
        constants = manager.create(numbers, new Shape(rows, heads.size()));
        program = new Variant(formula, false).program(manager.getDevice());
    }

    private static List<Double> constants(Map<String, FormulaLoss> losses, String head) {
        return Objects.requireNonNull(losses.get(head), head).constants();
    }

    /**
     * Computes the losses of a batch, differentiable with respect to the logits.
     *
     * @param results will own the result
     * @param logits per head of the model (N, K)
     * @param labels per head of the model, -1 where missing
     * @return (2, H): the losses of the group and their divisors
     */
    public NDArray of(NDManager results, NDList logits, NDList labels) {
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

    /**
     * The loss of one head by itself, whose categories count alike.
     *
     * @param logits (N, K), whose manager will own the result
     * @param labels as in {@link #of}
     * @return a scalar
     */
    public static NDArray alone(Formula formula, List<Double> constants, NDArray logits, NDArray labels) {
        int size = (int) logits.getShape().get(1);
        NDManager results = logits.getManager();
        try (NDManager manager = results.newSubManager(logits.getDevice())) {
            float[] numbers = new float[Math.max(1, constants.size())];
            for (int c = 0; c < constants.size(); c++) {
                numbers[c] = constants.get(c).floatValue();
            }
            return new Variant(formula, true)
                    .program(logits.getDevice())
                    .forward(
                            results,
                            new NDList(logits),
                            new NDList(labels),
                            manager.create(0L), // no columns: nothing is laid side by side
                            manager.zeros(new Shape(1, 1, size), DataType.BOOLEAN),
                            manager.ones(new Shape(1, 1, size)),
                            manager.create(numbers, new Shape(numbers.length, 1)))
                    .singletonOrThrow()
                    .get(0)
                    .reshape(new Shape());
        }
    }
}
