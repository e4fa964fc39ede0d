package io.github.multilabel.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.torch.TorchFunction;
import java.util.Map;

/** A copy of some arrays that can be taken anew and put back, each in one native call. */
final class Snapshot implements AutoCloseable {

    private static final String COPY =
            """
            def copy(self, to: List[Tensor], source: List[Tensor]) -> int:
              torch._foreach_copy_(to, source)
              return 0
            """;

    private final NDManager manager;
    private final TorchFunction program;
    private final NDList arrays;
    private final NDList copies = new NDList();

    /** Takes the first copy. */
    Snapshot(NDManager parent, NDList arrays) {
        manager = parent.newSubManager();
        program = TorchFunction.load(manager, COPY);
        this.arrays = arrays;
        for (NDArray array : arrays) {
            NDArray copy = array.zerosLike();
            copy.attach(manager);
            copies.add(copy);
        }
        take();
    }

    /** Fills arrays with those of the same names, in one native call. */
    static void copy(NDManager manager, Map<String, NDArray> to, Map<String, NDArray> source) {
        NDList sources = new NDList();
        to.keySet().forEach(name -> sources.add(source.get(name)));
        try (TorchFunction program = TorchFunction.load(manager, COPY)) {
            program.run("copy", new NDList(to.values()), sources).close();
        }
    }

    /** The copies, in the order of the arrays; not to be closed. */
    NDList copies() {
        return copies;
    }

    void take() {
        copy(copies, arrays);
    }

    void putBack() {
        copy(arrays, copies);
    }

    private void copy(NDList to, NDList source) {
        if (!to.isEmpty()) {
            program.run("copy", to, source).close();
        }
    }

    @Override
    public void close() {
        program.close();
        manager.close();
    }
}
