package io.github.multilabel.training.internal.loop;

import ai.djl.engine.Engine;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.internal.WideKernels;
import io.github.multilabel.training.internal.settings.Fingerprint;
import java.util.Optional;

/** What decides the last digits of a training beside its settings: another machine may have another. */
final class Environment {

    /** The key of the formula that seeds PyTorch for each step, which decides dropout and stochastic depth. */
    static final String RANDOM_NUMBERS = "random numbers of steps";

    /** Of checkpoints without that key. */
    static final String EARLIER_RANDOM_NUMBERS = "seeds of 32 bits";

    private Environment() {}

    static Fingerprint fingerprint() {
        return Fingerprint.nothing()
                .free(RANDOM_NUMBERS, "seeds of 64 bits")
                .rounding("wide depthwise kernels", WideKernels.areSliced() ? "in slices" : "whole")
                .rounding("threads of PyTorch", TorchEngine.threads())
                .rounding(
                        "version of the library",
                        Optional.ofNullable(Environment.class.getPackage().getImplementationVersion())
                                .orElse("not packaged"))
                .rounding("version of DJL", Engine.getDjlVersion())
                .rounding("version of PyTorch", TorchEngine.get().getVersion());
    }
}
