package io.github.multilabel.model.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.heads.HeadCalibration;
import java.util.List;

/**
 * How the logits of some heads are calibrated, as a program.
 *
 * @param positions of these heads
 * @param text {@code forward(logits, factors, offsets)}: from the list of their logits to the list of new ones
 * @param factors (1, K) float32 for each
 * @param offsets (1, K) float32 for each
 */
public record CalibrationStep(List<Integer> positions, String text, NDList factors, NDList offsets) {

    /**
     * The step for some heads.
     *
     * @param manager will own the arrays
     * @param heads all of a model, in order
     * @param calibration at least one, at most one for each head
     */
    public static CalibrationStep of(NDManager manager, HeadSet heads, List<HeadCalibration> calibration) {
        NDList factors = new NDList();
        NDList offsets = new NDList();
        for (HeadCalibration each : calibration) {
            int categories = heads.get(each.head()).size();
            factors.add(row(manager, each.factors(categories)));
            offsets.add(row(manager, each.offsets(categories)));
        }
        return new CalibrationStep(
                calibration.stream().map(each -> heads.indexOf(each.head())).toList(),
                text(calibration.size()),
                factors,
                offsets);
    }

    private static NDArray row(NDManager manager, List<Double> numbers) {
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
}
