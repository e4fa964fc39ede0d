package io.github.multilabel.training.optimizer;

import java.util.List;

/** See {@link Optimizers#adamW(double, double, double, double)}. */
record AdamW(double beta1, double beta2, double epsilon, double weightDecay) implements OptimizerSettings {

    AdamW {
        OptimizerSettings.requireShare("beta1", beta1);
        OptimizerSettings.requireShare("beta2", beta2);
        OptimizerSettings.requireNotNegative("epsilon", epsilon);
        OptimizerSettings.requireNotNegative("weight decay", weightDecay);
        if (epsilon == 0) {
            throw new IllegalArgumentException("epsilon must be above 0, or a zero gradient divides by zero");
        }
    }

    @Override
    public double defaultLearningRate() {
        return 0.001;
    }

    @Override
    public List<Slot> slots() {
        return List.of(new Slot("mean", false), new Slot("square", false), new Slot("step", true));
    }

    @Override
    public String update() {
        return """
                def update(self, p: List[Tensor], g: List[Tensor], s: List[Tensor], a: int, b: int, rate: float, decay: bool) -> int:
                  if decay:
                    d = WEIGHT_DECAY
                  else:
                    d = 0.
                  n = torch.len(p)
                  mean = (self).part(s, a, b)
                  square = (self).part(s, torch.add(n, a), torch.add(n, b))
                  steps = (self).part(s, torch.add(torch.mul(n, 2), a), torch.add(torch.mul(n, 2), b))
                  torch._foreach_add_(steps, 1)
                  torch._fused_adamw_((self).part(p, a, b), (self).part(g, a, b), mean, square, annotate(List[Tensor], []), steps, lr=rate, beta1=BETA1, beta2=BETA2, weight_decay=d, eps=EPSILON, amsgrad=False, maximize=False)
                  return 0
                """
                .replace("WEIGHT_DECAY", Double.toString(weightDecay))
                .replace("BETA1", Double.toString(beta1))
                .replace("BETA2", Double.toString(beta2))
                .replace("EPSILON", Double.toString(epsilon));
    }
}
