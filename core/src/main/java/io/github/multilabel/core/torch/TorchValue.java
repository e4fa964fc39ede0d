package io.github.multilabel.core.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;

/**
 * A native value: the result of {@link TorchFunction#run}, or an argument that is kept for many calls. It can hold what
 * no DJL array can, such as a list of bfloat16 weights. Not bound to a manager: close it.
 *
 * <p>Calls on several threads may read it at once; it is closed when none does.
 */
public final class TorchValue implements AutoCloseable {

    private final IValue value;

    TorchValue(IValue value) {
        this.value = value;
    }

    /**
     * Makes a native value that can be passed to many calls.
     *
     * @param argument an {@link NDArray}, an {@link NDList} (it becomes a {@code List[Tensor]}), a {@code Long},
     *     {@code Integer}, {@code Double}, {@code Float}, {@code Boolean}, or a {@link TorchValue}, which is returned
     *     as it is; arrays are shared, not copied
     * @throws IllegalArgumentException for anything else
     */
    public static TorchValue of(Object argument) {
        if (argument instanceof TorchValue ready) {
            return ready;
        }
        if (argument instanceof NDArray array) {
            return new TorchValue(IValue.from(TorchFunction.torchArray(array)));
        }
        if (argument instanceof NDList list) {
            return new TorchValue(
                    IValue.listFrom(list.stream().map(TorchFunction::torchArray).toArray(PtNDArray[]::new)));
        }
        if (argument instanceof Long || argument instanceof Integer) {
            return new TorchValue(IValue.from(((Number) argument).longValue()));
        }
        if (argument instanceof Double || argument instanceof Float) {
            return new TorchValue(IValue.from(((Number) argument).doubleValue()));
        }
        if (argument instanceof Boolean flag) {
            return new TorchValue(IValue.from(flag.booleanValue()));
        }
        throw new IllegalArgumentException("a native program takes arrays, lists of arrays, numbers and booleans, got "
                + (argument == null ? "null" : argument.getClass().getName()));
    }

    IValue handle() {
        return value;
    }

    /**
     * The arrays of a {@code Tensor}, a {@code List[Tensor]} or a tuple of them. Data types that DJL does not know,
     * such as bfloat16, must be converted in the program first.
     *
     * @param manager will own the arrays
     */
    public NDList toList(NDManager manager) {
        return value.toNDList((PtNDManager) manager);
    }

    /**
     * The array of a {@code Tensor}.
     *
     * @param manager will own the array
     */
    public NDArray toArray(NDManager manager) {
        return toList(manager).singletonOrThrow();
    }

    /** The number of an {@code int}. */
    public long toLong() {
        return value.toLong();
    }

    /** The number of a {@code float}. */
    public double toDouble() {
        return value.toDouble();
    }

    @Override
    public void close() {
        value.close();
    }
}
