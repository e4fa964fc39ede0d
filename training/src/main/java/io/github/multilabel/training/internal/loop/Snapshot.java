package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.internal.programs.ArrayCopy;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.internal.EngineLock;

/** A copy of some arrays that can be taken anew and put back, each in one native call. */
final class Snapshot implements AutoCloseable {

    private final NDManager manager;
    private final TorchFunction program;
    private final NDList arrays;
    private final NDList copies = new NDList();

    /** Takes the first copy. */
    Snapshot(NDManager parent, NDList arrays) {
        manager = parent.newSubManager();
        program = ArrayCopy.program(manager);
        this.arrays = arrays;
        for (NDArray array : arrays) {
            NDArray copy = array.zerosLike();
            copy.attach(manager);
            copies.add(copy);
        }
        take();
    }

    /** The copies, in the order of the arrays; not to be closed. */
    NDList copies() {
        return copies;
    }

    void take() {
        ArrayCopy.run(program, copies, arrays);
    }

    void putBack() {
        try (EngineLock turn = EngineLock.take()) { // another thread may copy the model
            ArrayCopy.run(program, arrays, copies);
        }
    }

    @Override
    public void close() {
        program.close();
        manager.close();
    }
}
