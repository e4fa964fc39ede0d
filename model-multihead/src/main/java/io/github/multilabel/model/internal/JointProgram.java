package io.github.multilabel.model.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import io.github.multilabel.model.heads.JointDecoding;

/** Answers the heads of a hierarchy together, by a {@link JointStep}. */
final class JointProgram implements InferenceProgram {

    private final InferenceProgram program;
    private final NDManager manager;
    private final JointStep step;
    private final TorchFunction function;

    /** Takes the program of the heads' own logits, and closes it when it is closed itself. */
    JointProgram(NDManager parent, InferenceProgram program, HeadSet heads, JointDecoding decoding) {
        this.program = program;
        manager = parent.newSubManager();
        step = JointStep.of(manager, heads, decoding);
        function = TorchFunction.load(manager, step.text());
    }

    @Override
    public NDList logits(NDManager results, NDArray image) {
        NDList own = program.logits(results, image);
        NDList coarser = new NDList();
        step.coarser().forEach(position -> coarser.add(own.get(position)));
        NDList answered = new NDList(own);
        try (TorchValue joint =
                function.run("forward", own.get(step.fine()), coarser, step.parentOf(), step.loose(), step.powers())) {
            NDList arrays = joint.toList(results);
            replace(answered, step.fine(), arrays.get(0));
            for (int i = 0; i < coarser.size(); i++) {
                replace(answered, step.coarser().get(i), arrays.get(i + 1));
            }
        }
        return answered;
    }

    private static void replace(NDList logits, int position, NDArray answer) {
        answer.setName(logits.get(position).getName());
        logits.set(position, answer);
    }

    @Override
    public void close() {
        function.close();
        manager.close();
        program.close();
    }
}
