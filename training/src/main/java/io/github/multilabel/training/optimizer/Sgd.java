package io.github.multilabel.training.optimizer;

import java.util.List;

/** See {@link Optimizers#sgd(double, double)}. */
record Sgd(double momentum, double weightDecay) implements OptimizerSettings {

    Sgd {
        OptimizerSettings.requireShare("momentum", momentum);
        OptimizerSettings.requireNotNegative("weight decay", weightDecay);
    }

    @Override
    public double defaultLearningRate() {
        return 0.01;
    }

    @Override
    public List<Slot> slots() {
        return momentum == 0 ? List.of() : List.of(new Slot("momentum", false));
    }

    /** A momentum of zeros makes the first step equal PyTorch's, which starts from the first gradient. */
    @Override
    public String update() {
        return """
                def update(self, p: List[Tensor], g: List[Tensor], s: List[Tensor], a: int, b: int, rate: float, decay: bool) -> int:
                  if decay:
                    d = WEIGHT_DECAY
                  else:
                    d = 0.
                  torch._fused_sgd_((self).part(p, a, b), (self).part(g, a, b), VELOCITY, weight_decay=d, momentum=MOMENTUM, lr=rate, dampening=0., nesterov=False, maximize=False, is_first_step=False)
                  return 0
                """
                .replace("VELOCITY", momentum == 0 ? "annotate(List[Tensor], [])" : "(self).part(s, a, b)")
                .replace("WEIGHT_DECAY", Double.toString(weightDecay))
                .replace("MOMENTUM", Double.toString(momentum));
    }
}
