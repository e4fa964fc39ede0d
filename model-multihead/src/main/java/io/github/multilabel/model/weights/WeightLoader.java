package io.github.multilabel.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.multilabel.core.torch.TorchFunction;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Fills parameters from a weight file.
 *
 * <pre>{@code
 * try (WeightFile file = WeightFile.open(path)) {
 *     MatchReport report = WeightLoader.load(file, parameters, WeightMatching.strict());
 *     log.info("{}", report);
 * }
 * }</pre>
 */
public final class WeightLoader {

    private static final String COPY =
            """
            def copy(self, to: List[Tensor], values: List[Tensor]) -> NoneType:
              torch._foreach_copy_(to, values)
              return None
            """;

    private WeightLoader() {}

    /**
     * Fills parameters, all or none: whatever is wrong is found before the first is changed.
     *
     * <p>For this the values are first read as a whole, beside the parameters, into native memory.
     *
     * @param file not closed here
     * @param parameters by the name under which the matching looks for them, initialised, float32; keep their data
     *     type, device and whether they require a gradient
     * @param matching how names are found; {@link WeightMatching#strict()} unless there is a reason
     * @return what was found where
     * @throws IllegalArgumentException if there are no parameters, or some are not initialised
     * @throws IOException if the file cannot be read or does not fit the parameters
     */
    public static MatchReport load(WeightFile file, Map<String, Parameter> parameters, WeightMatching matching)
            throws IOException {
        MatchReport report = matching.match(file.path(), file.tensors(), shapes(parameters));
        Map<String, NDArray> targets = new LinkedHashMap<>();
        report.matched()
                .forEach((name, nameInFile) -> targets.put(
                        nameInFile,
                        Objects.requireNonNull(parameters.get(name), name).getArray()));
        fill(file, targets);
        return report;
    }

    /**
     * Fills arrays in place with the tensors of a file. All values are read before the first array is changed.
     *
     * @param file not closed here
     * @param targets by the name of the tensor in the file, whose shapes are those of the tensors but for axes of
     *     length 1 at their end; keep their data type, device and whether they require a gradient
     * @throws IOException if the file cannot be read
     */
    public static void fill(WeightFile file, Map<String, NDArray> targets) throws IOException {
        NDArray first = targets.values().iterator().next();
        try (NDManager manager = first.getManager().getEngine().newBaseManager(first.getDevice())) {
            NDList values = new NDList();
            for (Map.Entry<String, NDArray> target : targets.entrySet()) {
                NDArray value = file.read(manager, target.getKey());
                values.add(value.reshape(target.getValue().getShape())); // may lack axes of length 1
            }
            copy(manager, new NDList(targets.values()), values);
        }
    }

    /**
     * Copies values into arrays in place, in one native call. The arrays may be views.
     *
     * @param manager its device is that of the arrays
     * @param targets keep their data type, device and whether they require a gradient
     * @param values as many, of the same shapes
     */
    public static void copy(NDManager manager, NDList targets, NDList values) {
        try (TorchFunction program = TorchFunction.load(manager, COPY)) {
            program.run("copy", targets, values).close();
        }
    }

    private static Map<String, Shape> shapes(Map<String, Parameter> parameters) {
        List<String> empty = parameters.entrySet().stream()
                .filter(entry -> !entry.getValue().isInitialized())
                .map(Map.Entry::getKey)
                .toList();
        if (!empty.isEmpty()) {
            throw new IllegalArgumentException(
                    "parameters " + empty + " are not initialised; call initialize of their block first");
        }
        Map<String, Shape> shapes = new LinkedHashMap<>();
        parameters.forEach(
                (name, parameter) -> shapes.put(name, parameter.getArray().getShape()));
        return shapes;
    }
}
