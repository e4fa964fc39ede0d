package io.github.multilabel.model.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import io.github.multilabel.model.heads.HeadCalibration;
import java.util.List;

/** Calibrates the logits of some heads, after all that changes them, in one native call. */
final class CalibratedProgram implements InferenceProgram {

    private final InferenceProgram program;
    private final int[] positions;
    private final NDManager manager;
    private final NDList factors = new NDList();
    private final NDList offsets = new NDList();
    private final TorchFunction function;

    /** Takes the program of the logits, and closes it when it is closed itself. */
    CalibratedProgram(NDManager parent, InferenceProgram program, HeadSet heads, List<HeadCalibration> calibration) {
        this.program = program;
        manager = parent.newSubManager();
        positions = calibration.stream()
                .mapToInt(each -> heads.indexOf(each.head()))
                .toArray();
        for (HeadCalibration each : calibration) {
            int categories = heads.get(each.head()).size();
            factors.add(row(each.factors(categories)));
            offsets.add(row(each.offsets(categories)));
        }
        function = TorchFunction.load(manager, text(positions.length));
    }

    private NDArray row(List<Double> numbers) {
        float[] row = new float[numbers.size()];
        for (int k = 0; k < row.length; k++) {
            row[k] = numbers.get(k).floatValue();
        }
        return manager.create(row, new Shape(1, row.length));
    }

    private static String text(int heads) {
        StringBuilder text = new StringBuilder(
                "def forward(self, logits: List[Tensor], factors: List[Tensor], offsets: List[Tensor]) -> List[Tensor]:\n"
                        + "  return [");
        for (int i = 0; i < heads; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append("torch.add(torch.mul(torch.to(logits[{i}], 6), factors[{i}]), offsets[{i}])"
                            .replace("{i}", Integer.toString(i)));
        }
        return text.append("]\n").toString();
    }

    @Override
    public NDList logits(NDManager results, NDArray image) {
        NDList own = program.logits(results, image);
        NDList some = new NDList();
        for (int position : positions) {
            some.add(own.get(position));
        }
        NDList calibrated = new NDList(own);
        try (TorchValue value = function.run("forward", some, factors, offsets)) {
            NDList arrays = value.toList(results);
            for (int i = 0; i < positions.length; i++) {
                arrays.get(i).setName(own.get(positions[i]).getName());
                calibrated.set(positions[i], arrays.get(i));
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
