package io.github.multilabel.model.network;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.internal.TorchEngine;
import java.util.EnumMap;
import java.util.Map;

/** Whether oneDNN's fused convolutions run: not in every build of PyTorch, nor in every precision on every CPU. */
final class FusedOperators {

    private static final String TRIAL =
            """
            def run(self, x: Tensor) -> Tensor:
              m = torch.to(x, TYPE)
              w = ops.mkldnn._reorder_convolution_weight(m, [1, 1], [1, 1], [1, 1], 1, [8, 8, 3, 3])
              y = ops.mkldnn._convolution_pointwise(m, w, None, [1, 1], [1, 1], [1, 1], 1, "none", annotate(List[Optional[number]], []), None)
              return ops.mkldnn._convolution_pointwise_(y, m, w, None, [1, 1], [1, 1], [1, 1], 1, "add", 1, "relu", annotate(List[Optional[number]], []), None)
            """;

    private static final Map<Precision, Boolean> FOUND = new EnumMap<>(Precision.class);

    private FusedOperators() {}

    /** Whether they do on this CPU; tried once in the life of the JVM. */
    static synchronized boolean run(Precision precision) {
        return FOUND.computeIfAbsent(precision, FusedOperators::tried);
    }

    private static boolean tried(Precision precision) {
        try (NDManager manager = TorchEngine.newManager(Device.cpu());
                TorchFunction trial =
                        TorchFunction.load(manager, TRIAL.replace("TYPE", Integer.toString(precision.scalarType())))) {
            trial.run("run", manager.ones(new Shape(8, 8, 3, 3))).close();
            return true;
        } catch (IllegalArgumentException | EngineException e) { // no such operator, or not in this precision
            return false;
        }
    }
}
