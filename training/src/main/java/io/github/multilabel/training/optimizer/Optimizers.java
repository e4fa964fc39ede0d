package io.github.multilabel.training.optimizer;

import io.github.multilabel.training.internal.optimizer.UpdateRule;
import io.github.multilabel.training.internal.optimizer.UpdateRule.Slot;
import java.util.List;

/**
 * The optimizers on offer. Weight decay leaves out parameters of one dimension: biases, and the scales and offsets of
 * normalisations; and those that {@link OptimizerSettings#start} is given.
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
              torch._fused_sgd_((self).part(p, a, b), (self).part(g, a, b), VELOCITY, weight_decay=d, momentum=MOMENTUM, lr=rate, dampening=0., nesterov=NESTEROV, maximize=False, is_first_step=False)
              return 0
            """;

    private static final String ADAM =
            """
              n = torch.len(p)
              mean = (self).part(s, a, b)
              square = (self).part(s, torch.add(n, a), torch.add(n, b))
              steps = (self).part(s, torch.add(torch.mul(n, 2), a), torch.add(torch.mul(n, 2), b))
              torch._foreach_add_(steps, 1)
              torch._fused_FLAVOUR_((self).part(p, a, b), (self).part(g, a, b), mean, square, annotate(List[Tensor], []), steps, lr=rate, beta1=BETA1, beta2=BETA2, weight_decay=d, eps=EPSILON, amsgrad=False, maximize=False)
              return 0
            """;

    /** c = beta1 m + (1 - beta1) g decides the direction; the decay is decoupled. */
    private static final String LION =
            """
              w = (self).part(p, a, b)
              gradient = (self).part(g, a, b)
              mean = (self).part(s, a, b)
              direction = torch._foreach_sign(torch._foreach_lerp(gradient, mean, BETA1))
              torch._foreach_mul_(w, torch.sub(1., torch.mul(rate, d)))
              torch._foreach_add_(w, direction, alpha=torch.neg(rate))
              torch._foreach_lerp_(mean, gradient, torch.sub(1., BETA2))
              return 0
            """;

    /** Adam's step with decay, as long as the parameter times the rate; what is not decayed is not scaled either. */
    private static final String LAMB =
            """
              n = torch.len(p)
              for j in range(torch.sub(b, a)):
                i = torch.add(a, j)
                mean = torch.lerp_(s[i], g[i], torch.sub(1., BETA1))
                square = torch.addcmul_(torch.mul_(s[torch.add(n, i)], BETA2), g[i], g[i], value=torch.sub(1., BETA2))
                steps = torch.add_(s[torch.add(torch.mul(n, 2), i)], 1)
                first = torch.div(mean, torch.rsub(torch.pow(BETA1, steps), 1))
                second = torch.sqrt(torch.div(square, torch.rsub(torch.pow(BETA2, steps), 1)))
                step = torch.add(torch.div(first, torch.add(second, EPSILON)), p[i], alpha=d)
                if torch.gt(d, 0.):
                  size = torch.linalg_vector_norm(p[i])
                  length = torch.linalg_vector_norm(step)
                  ratio = torch.div(size, length)
                  some = torch.logical_and(torch.gt(size, 0), torch.gt(length, 0))
                  scaled = torch.mul(step, torch.where(some, ratio, torch.ones_like(ratio)))
                else:
                  scaled = step
                _0 = torch.sub_(p[i], scaled, alpha=rate)
              return 0
            """;

    private static final List<Slot> ADAM_SLOTS =
            List.of(new Slot("mean", false), new Slot("square", false), new Slot("step", true));

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
        return sgd("SGD", momentum, weightDecay, false);
    }

    /** {@link #nesterov(double, double)} with momentum 0.9 and weight decay 1e-4. */
    public static OptimizerSettings nesterov() {
        return nesterov(0.9, 1e-4);
    }

    /**
     * Stochastic gradient descent that looks ahead, as PyTorch's {@code SGD} with {@code nesterov=True}: {@code v =
     * momentum v + g + weightDecay w}, {@code w = w - rate (g + weightDecay w + momentum v)}. Its default learning rate
     * is 0.01.
     *
     * @param momentum in (0, 1); 0.9 is usual
     * @param weightDecay at least 0; 1e-4 is usual
     * @throws IllegalArgumentException if a value is outside its range
     */
    public static OptimizerSettings nesterov(double momentum, double weightDecay) {
        requireShare("momentum", momentum);
        if (momentum == 0) {
            throw new IllegalArgumentException("Nesterov without momentum has nothing to look ahead with; use sgd");
        }
        return sgd("Nesterov", momentum, weightDecay, true);
    }

    private static OptimizerSettings sgd(String name, double momentum, double weightDecay, boolean nesterov) {
        requireNotNegative("weight decay", weightDecay);
        // a velocity of zeros makes the first step equal PyTorch's, which starts from the first gradient
        boolean remembers = momentum > 0;
        return new OptimizerSettings(
                name + " with momentum " + momentum + ", weight decay " + weightDecay,
                0.01,
                new UpdateRule(
                        remembers ? List.of(new Slot("momentum", false)) : List.of(),
                        (DECAY + SGD)
                                .replace("WEIGHT_DECAY", Double.toString(weightDecay))
                                .replace("VELOCITY", remembers ? "(self).part(s, a, b)" : "annotate(List[Tensor], [])")
                                .replace("MOMENTUM", Double.toString(momentum))
                                .replace("NESTEROV", nesterov ? "True" : "False")));
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
        return moments(
                "AdamW", 0.001, ADAM_SLOTS, ADAM.replace("FLAVOUR", "adamw"), beta1, beta2, epsilon, weightDecay);
    }

    /** {@link #adam(double, double, double, double)} with PyTorch's 0.9, 0.999, 1e-8 and no weight decay. */
    public static OptimizerSettings adam() {
        return adam(0.9, 0.999, 1e-8, 0);
    }

    /**
     * Adam (Kingma and Ba 2015), as PyTorch's {@code Adam}: the weight decay is part of the gradient. Its default
     * learning rate is 0.001. Mostly {@link #adamW()} is the better choice.
     *
     * @param beta1 how long the mean of the gradient remembers, in [0, 1)
     * @param beta2 how long the mean of its square remembers, in [0, 1)
     * @param epsilon above 0, keeps the division finite
     * @param weightDecay at least 0; so much of each weight is added to its gradient
     * @throws IllegalArgumentException if a value is outside its range
     */
    public static OptimizerSettings adam(double beta1, double beta2, double epsilon, double weightDecay) {
        return moments("Adam", 0.001, ADAM_SLOTS, ADAM.replace("FLAVOUR", "adam"), beta1, beta2, epsilon, weightDecay);
    }

    /** {@link #lion(double, double, double)} with the authors' 0.9 and 0.99, and a weight decay of 0.1. */
    public static OptimizerSettings lion() {
        return lion(0.9, 0.99, 0.1);
    }

    /**
     * Lion (Chen et al. 2023, algorithm 2), as timm's: each step goes by the sign of a mean of the gradient, so it
     * remembers half of what Adam does. Takes a learning rate 3 to 10 times smaller than AdamW and a weight decay as
     * many times larger; its default learning rate is 1e-4.
     *
     * @param beta1 how much of the remembered mean is in the direction of a step, in [0, 1)
     * @param beta2 how long the mean remembers, in [0, 1)
     * @param weightDecay at least 0; each step takes {@code rate * weightDecay} of each weight away
     * @throws IllegalArgumentException if a value is outside its range
     */
    public static OptimizerSettings lion(double beta1, double beta2, double weightDecay) {
        return moments("Lion", 1e-4, List.of(new Slot("mean", false)), LION, beta1, beta2, 1e-8, weightDecay);
    }

    /** {@link #lamb(double, double, double, double)} with 0.9, 0.999, 1e-6 and a weight decay of 0.01. */
    public static OptimizerSettings lamb() {
        return lamb(0.9, 0.999, 1e-6, 0.01);
    }

    /**
     * LAMB (You et al. 2020, algorithm 2), for very large batches: AdamW whose step on each matrix is as long as the
     * matrix times the rate. As timm's without its limit of the gradient ({@code optGradientClipNorm(1)} is that). Its
     * default learning rate is 0.005.
     *
     * @param beta1 how long the mean of the gradient remembers, in [0, 1)
     * @param beta2 how long the mean of its square remembers, in [0, 1)
     * @param epsilon above 0, keeps the division finite
     * @param weightDecay at least 0; with 0 no step is scaled
     * @throws IllegalArgumentException if a value is outside its range
     */
    public static OptimizerSettings lamb(double beta1, double beta2, double epsilon, double weightDecay) {
        return moments("LAMB", 0.005, ADAM_SLOTS, LAMB, beta1, beta2, epsilon, weightDecay);
    }

    private static OptimizerSettings moments(
            String name,
            double learningRate,
            List<Slot> slots,
            String text,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay) {
        requireShare("beta1", beta1);
        requireShare("beta2", beta2);
        requireNotNegative("weight decay", weightDecay);
        if (!(epsilon > 0 && epsilon < 1)) {
            throw new IllegalArgumentException("epsilon " + epsilon + " is outside (0, 1)");
        }
        return new OptimizerSettings(
                name + " with betas " + beta1 + " and " + beta2
                        + (text.contains("EPSILON") ? ", epsilon " + epsilon : "") + ", weight decay " + weightDecay,
                learningRate,
                new UpdateRule(
                        slots,
                        (DECAY + text)
                                .replace("WEIGHT_DECAY", Double.toString(weightDecay))
                                .replace("BETA1", Double.toString(beta1))
                                .replace("BETA2", Double.toString(beta2))
                                .replace("EPSILON", Double.toString(epsilon))));
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
