package io.github.multilabel.model.internal.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.multilabel.core.internal.programs.TorchPrograms;
import io.github.multilabel.core.torch.NoGradients;

/** Runs heads over features in one native call. One thread at a time; close it to free its programs. */
public final class HeadProgram implements AutoCloseable {

    private final HeadStack stack;
    private final HeadStack evaluating;
    private final TorchPrograms<HeadStack> programs = new TorchPrograms<>(HeadText::forward);

    /** @param stack at least one head */
    public HeadProgram(HeadStack stack) {
        this.stack = stack;
        this.evaluating = stack.evaluating();
    }

    /**
     * The logits of all heads.
     *
     * @param features (N, F) float32; not closed here
     * @param parameters weight and bias of each of {@link HeadStack#products}, in order
     * @param training whether to drop what is to be dropped and to allow for gradients
     * @return one (N, K) float32 array per head, owned by the features' manager
     */
    public NDList logits(NDArray features, NDList parameters, boolean training) {
        if (training) {
            return run(stack, features, parameters);
        }
        try (NoGradients off = NoGradients.onThisThread()) {
            return run(evaluating, features, parameters);
        }
    }

    private NDList run(HeadStack wanted, NDArray features, NDList parameters) {
        return programs.get(wanted, features.getDevice()).forward(features.getManager(), features, parameters);
    }

    /** Frees the programs, which are loaded again if needed. */
    @Override
    public void close() {
        programs.close();
    }
}
