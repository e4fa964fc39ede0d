package io.github.multilabel.core.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A program in TorchScript text, written by Java, that runs in one native call. It reaches every operator of PyTorch,
 * is differentiable, and costs one crossing of the border between Java and native code however many operations it has.
 *
 * <p>A loss of your own, the focal loss of Lin et al. 2017 with gamma 2:
 *
 * <pre>{@code
 * try (TorchFunction focal = TorchFunction.load(manager, """
 *         def forward(self, logits: Tensor, labels: Tensor) -> Tensor:
 *           surprise = torch.cross_entropy_loss(logits, labels, None, 0)
 *           p = torch.exp(torch.neg(surprise))
 *           return torch.mean(torch.mul(torch.pow(torch.rsub(p, 1), 2), surprise))
 *         """);
 *         GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
 *     NDArray loss = focal.forward(step, logits, labels).singletonOrThrow();
 *     gradients.backward(loss);
 * }
 * }</pre>
 *
 * <p>The text holds one or more methods in the form that TorchScript saves: typed arguments and result, operators by
 * their ATen names ({@code torch.add(a, b)}, not {@code a + b}), data types as numbers (6 float32, 15 bfloat16). An
 * unknown operator or a wrong type is found when the text is loaded; the exception shows its line.
 *
 * <p>{@link #run} may be called from many threads at once. {@link #forward} may not share an array between threads.
 * {@link #close} waits for the calls that are running.
 */
public final class TorchFunction implements AutoCloseable {

    private final ProgramText text;
    private final PtSymbolBlock module;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private TorchFunction(ProgramText text, PtSymbolBlock module) {
        this.text = text;
        this.module = module;
    }

    /**
     * Loads a program.
     *
     * @param manager its device is where the constants of the text live; the program is closed with it at the latest
     * @param methods the text of the methods, each {@code def NAME(self, ...) -> TYPE:}; {@link #forward} runs the one
     *     named {@code forward}
     * @throws IllegalArgumentException if the text is not a valid program; the message shows the line
     */
    public static TorchFunction load(NDManager manager, String methods) {
        if (!(manager instanceof PtNDManager torch)) {
            throw new IllegalArgumentException("TorchFunction needs DJL's PyTorch engine, got the manager of "
                    + manager.getEngine().getEngineName()
                    + "; add ai.djl.pytorch:pytorch-engine and make it the default engine");
        }
        ProgramText text = new ProgramText(methods);
        try {
            return new TorchFunction(
                    text, JniUtils.loadModule(torch, new ByteArrayInputStream(text.archive()), false, false));
        } catch (EngineException e) {
            throw new IllegalArgumentException("the program text cannot be loaded: " + text.explain(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the program text cannot be packed", e);
        }
    }

    /**
     * Runs the method {@code forward} so that gradients flow through it: within a DJL {@code GradientCollector} each
     * argument that requires a gradient is tracked. On a thread without a collector, use {@link NoGradients} or
     * {@link #run}, or PyTorch builds a graph that nobody asked for.
     *
     * @param results will own the result
     * @param arguments each an {@link NDArray} (a {@code Tensor} of the text) or a non-empty {@link NDList} (a
     *     {@code List[Tensor]}); no array twice
     * @return the result of the text: one array for a {@code Tensor}, several for a list or a tuple
     * @throws EngineException if the program fails; the message shows the line
     */
    public NDList forward(NDManager results, Object... arguments) {
        NDList inputs = new NDList();
        Set<NDArray> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Object argument : arguments) {
            for (NDArray array : argument instanceof NDArray single ? new NDList(single) : listOf(argument)) {
                if (!seen.add(array)) {
                    throw new IllegalArgumentException(
                            "an array of shape " + array.getShape() + " is given twice; pass a duplicate() of it");
                }
                inputs.add(array);
            }
        }
        // DJL groups arrays into lists by their names, so they carry other names during the call.
        String[] names = inputs.stream().map(NDArray::getName).toArray(String[]::new);
        try {
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i] instanceof NDArray single) {
                    single.setName(null);
                } else {
                    String name = "list" + i + "[]";
                    listOf(arguments[i]).forEach(array -> array.setName(name));
                }
            }
            NDList output = guarded(() -> IValueUtils.forward(module, inputs, true));
            output.attach(results);
            return output;
        } finally {
            for (int i = 0; i < names.length; i++) {
                inputs.get(i).setName(names[i]);
            }
        }
    }

    private static NDList listOf(Object argument) {
        if (argument instanceof NDList list && !list.isEmpty()) {
            return list;
        }
        throw new IllegalArgumentException("forward takes arrays and non-empty lists of arrays, got "
                + (argument == null ? "null" : argument.getClass().getSimpleName())
                + "; pass a number as an array or write it into the text");
    }

    /**
     * Runs a method without gradients, in PyTorch's inference mode. May change its arguments in place, as optimizers
     * do.
     *
     * <p>What it returns cannot take part in a later computation of gradients.
     *
     * @param method the name of a method of the text
     * @param arguments each an {@link NDArray}, an {@link NDList}, a {@link TorchValue}, a {@code Long},
     *     {@code Integer}, {@code Double}, {@code Float} or {@code Boolean}
     * @return the result, to be closed by the caller
     * @throws EngineException if the program fails; the message shows the line
     */
    public TorchValue run(String method, Object... arguments) {
        TorchValue[] values = new TorchValue[arguments.length];
        try {
            IValue[] handles = new IValue[arguments.length];
            for (int i = 0; i < arguments.length; i++) {
                values[i] = TorchValue.of(arguments[i]);
                handles[i] = values[i].handle();
            }
            return new TorchValue(guarded(() -> IValueUtils.runMethod(module, method, handles)));
        } finally {
            for (int i = 0; i < values.length; i++) {
                if (values[i] != null && values[i] != arguments[i]) {
                    values[i].close();
                }
            }
        }
    }

    private <T> T guarded(Supplier<T> call) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("this TorchFunction is closed");
            }
            // The profiling executor would spend the first calls on specialising; in the long run it is not faster.
            JniUtils.setGraphExecutorOptimize(false);
            return call.get();
        } catch (EngineException e) {
            throw new EngineException("the program failed: " + text.explain(e), e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Waits for the running calls, then frees the program; a later call throws {@link IllegalStateException}. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                module.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    static PtNDArray torchArray(NDArray array) {
        if (array instanceof PtNDArray torch) {
            return torch;
        }
        throw new IllegalArgumentException("a TorchFunction takes arrays of DJL's PyTorch engine, got "
                + array.getClass().getName());
    }
}
