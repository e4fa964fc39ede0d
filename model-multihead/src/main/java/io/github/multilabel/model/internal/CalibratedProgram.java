package io.github.multilabel.model.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import io.github.multilabel.model.heads.HeadCalibration;
import java.util.List;

/** Calibrates the logits of some heads, after all that changes them, in one native call: a {@link CalibrationStep}. */
final class CalibratedProgram implements InferenceProgram {

    private final InferenceProgram program;
    private final NDManager manager;
    private final CalibrationStep step;
    private final TorchFunction function;

    /** Takes the program of the logits, and closes it when it is closed itself. */
    CalibratedProgram(NDManager parent, InferenceProgram program, HeadSet heads, List<HeadCalibration> calibration) {
        this.program = program;
        manager = parent.newSubManager();
        step = CalibrationStep.of(manager, heads, calibration);
        function = TorchFunction.load(manager, step.text());
    }

    @Override
    public NDList logits(NDManager results, NDArray image) {
        NDList own = program.logits(results, image);
        NDList some = new NDList();
        step.positions().forEach(position -> some.add(own.get(position)));
        NDList calibrated = new NDList(own);
        try (TorchValue value = function.run("forward", some, step.factors(), step.offsets())) {
            NDList arrays = value.toList(results);
            for (int i = 0; i < some.size(); i++) {
                arrays.get(i).setName(some.get(i).getName());
                calibrated.set(step.positions().get(i), arrays.get(i));
            }
        }
        return calibrated;
    }

    @Override
    public void close() {
        function.close();
        manager.close();
        program.close();
    }
}
