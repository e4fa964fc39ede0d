package io.github.multilabel.core.internal.programs;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.torch.TorchFunction;
import java.util.Map;

/**
 * Fills arrays with the values of others in one native call. DJL's {@code copyTo} does it one by one, and the first
 * time PyTorch prints a warning of wrong results, which do not occur, on standard error.
 */
public final class ArrayCopy {

    private static final String COPY =
            """
            def copy(self, to: List[Tensor], source: List[Tensor]) -> int:
              torch._foreach_copy_(to, source)
              return 0
            """;

    private ArrayCopy() {}

    /** A program that copies by {@link #run}, for many times. */
    public static TorchFunction program(NDManager manager) {
        return TorchFunction.load(manager, COPY);
    }

    /** Copies by a {@link #program}; nothing at all if the lists are empty. */
    public static void run(TorchFunction program, NDList to, NDList source) {
        if (!to.isEmpty()) {
            program.run("copy", to, source).close();
        }
    }

    /**
     * Copies once.
     *
     * @param manager of the device
     * @param to live arrays, by name
     * @param source has an array of the same shape for each name
     */
    public static void copy(NDManager manager, Map<String, NDArray> to, Map<String, NDArray> source) {
        NDList targets = new NDList();
        NDList sources = new NDList();
        to.forEach((name, array) -> {
            targets.add(array);
            sources.add(source.get(name));
        });
        try (TorchFunction program = program(manager)) {
            run(program, targets, sources);
        }
    }
}
