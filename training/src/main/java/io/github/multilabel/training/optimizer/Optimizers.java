package io.github.multilabel.training.optimizer;

import io.github.multilabel.training.optimizer.OptimizerSettings.Slot;
import java.util.List;

/**
 * The optimizers on offer. Weight decay spares parameters of one dimension: biases, and the scales and offsets of
 * normalisations.
 */
public final class Optimizers {

    /** Part of each update: decay is for some parameters only. */
    private static final String DECAY =
            """
            def update(self, p: List[Tensor], g: List[Tensor], s: List[Tensor], a: int, b: int, rate: float, decay: bool) -> int:
              if decay:
                d = WEIGHT_DECAY
              else:
                d = 0.
            """;

    private static final String SGD =
            """
              torch._fused_sgd_((self).part(p, a, b), (self).part(g, a, b), VELOCITY, weight_decay=d, momentum=MOMENTUM, lr=rate, dampening=0., nesterov=False, maximize=False, is_first_step=False)
              return 0
            """;

    private static final String ADAM_W =
            """
              n = torch.len(p)
              mean = (self).part(s, a, b)
              square = (self).part(s, torch.add(n, a), torch.add(n, b))
              steps = (self).part(s, torch.add(torch.mul(n, 2), a), torch.add(torch.mul(n, 2), b))
              torch._foreach_add_(steps, 1)
              torch._fused_adamw_((self).part(p, a, b), (self).part(g, a, b), mean, square, annotate(List[Tensor], []), steps, lr=rate, beta1=BETA1, beta2=BETA2, weight_decay=d, eps=EPSILON, amsgrad=False, maximize=False)
              return 0
            """;

    private Optimizers() {}

    /** {@link #sgd(double, double)} with momentum 0.9 and weight decay 1e-4. */
    public static OptimizerSettings sgd() {
        return sgd(0.9, 1e-4);
    }

    /**
     * Stochastic gradient descent, as PyTorch's {@code SGD}: {@code v = momentum v + g + weightDecay w}, {@code w = w -
     * rate v}. Its default learning rate is 0.01.
     *
     * @param momentum in [0, 1); 0.9 is usual
     * @param weightDecay at least 0; 1e-4 is usual
     * @throws IllegalArgumentException if a value is outside its range
     */
    public static OptimizerSettings sgd(double momentum, double weightDecay) {
        requireShare("momentum", momentum);
        requireNotNegative("weight decay", weightDecay);
        // a velocity of zeros makes the first step equal PyTorch's, which starts from the first gradient
        boolean remembers = momentum > 0;
        return new OptimizerSettings(
                "SGD with momentum " + momentum + ", weight decay " + weightDecay,
                0.01,
                remembers ? List.of(new Slot("momentum", false)) : List.of(),
                (DECAY + SGD)
                        .replace("WEIGHT_DECAY", Double.toString(weightDecay))
                        .replace("VELOCITY", remembers ? "(self).part(s, a, b)" : "annotate(List[Tensor], [])")
                        .replace("MOMENTUM", Double.toString(momentum)));
    }

    /** {@link #adamW(double)} with weight decay 0.01. */
    public static OptimizerSettings adamW() {
        return adamW(0.01);
    }

    /**
     * {@link #adamW(double, double, double, double)} with the betas 0.9 and 0.999 and epsilon 1e-8.
     *
     * @throws IllegalArgumentException if the weight decay is negative
     */
    public static OptimizerSettings adamW(double weightDecay) {
        return adamW(0.9, 0.999, 1e-8, weightDecay);
    }

    /**
     * Adam with decoupled weight decay (Loshchilov and Hutter 2019), as PyTorch's {@code AdamW}. Its default learning
     * rate is 0.001.
     *
     * @param beta1 how long the mean of the gradient remembers, in [0, 1)
     * @param beta2 how long the mean of its square remembers, in [0, 1)
     * @param epsilon above 0, keeps the division finite
     * @param weightDecay at least 0; each step takes {@code rate * weightDecay} of each weight away
     * @throws IllegalArgumentException if a value is outside its range
     */
    public static OptimizerSettings adamW(double beta1, double beta2, double epsilon, double weightDecay) {
        requireShare("beta1", beta1);
        requireShare("beta2", beta2);
        requireNotNegative("weight decay", weightDecay);
        if (!(epsilon > 0 && epsilon < 1)) {
            throw new IllegalArgumentException("epsilon " + epsilon + " is outside (0, 1)");
        }
        return new OptimizerSettings(
                "AdamW with betas " + beta1 + " and " + beta2 + ", epsilon " + epsilon + ", weight decay "
                        + weightDecay,
                0.001,
                List.of(new Slot("mean", false), new Slot("square", false), new Slot("step", true)),
                (DECAY + ADAM_W)
                        .replace("WEIGHT_DECAY", Double.toString(weightDecay))
                        .replace("BETA1", Double.toString(beta1))
                        .replace("BETA2", Double.toString(beta2))
                        .replace("EPSILON", Double.toString(epsilon)));
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " " + value + " is outside [0, 1)");
        }
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " " + value + " is not a finite number of at least 0");
        }
    }
}
