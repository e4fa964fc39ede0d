package io.github.multilabel.core.torch.internal;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.github.multilabel.core.torch.NoGradients;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A TorchScript module that Python traced or scripted, with its weights. It always computes as in evaluation: batch
 * norms use the statistics of the file and leave them as they are, and dropout is off. Gradients flow through it all
 * the same, to the image and to its parameters.
 *
 * <p>One thread at a time.
 */
public final class TorchScript implements AutoCloseable {

    private final NDManager manager;
    private final PtSymbolBlock module;

    private TorchScript(NDManager manager, PtSymbolBlock module) {
        this.manager = manager;
        this.module = module;
    }

    /**
     * Loads a module. It is a program that its maker wrote: load it only from where you would run a program from.
     *
     * @param parent its device is where the module will live; closed with it at the latest
     * @throws IOException if the file cannot be read or is not a TorchScript module; the message names it
     */
    public static TorchScript load(NDManager parent, Path file) throws IOException {
        PtNDManager manager = (PtNDManager) parent.newSubManager();
        try (InputStream in = Files.newInputStream(file)) {
            PtSymbolBlock module = JniUtils.loadModule(manager, in, true, false);
            JniUtils.enableInferenceMode(module);
            return new TorchScript(manager, module);
        } catch (EngineException e) {
            manager.close();
            throw new IOException("'" + file + "' cannot be loaded as TorchScript: " + firstLine(e), e);
        } catch (IOException | RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static String firstLine(EngineException e) {
        return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("no reason is given");
    }

    /**
     * The module's parameters by name, without its buffers. They are the very tensors that it computes with; owned by
     * the module.
     */
    public NDList parameters() {
        return JniUtils.moduleGetParams(module, (PtNDManager) manager);
    }

    /**
     * Runs the method {@code forward}. Where PyTorch builds graphs, see {@link NoGradients}, gradients flow through it.
     *
     * @param results will own the result
     * @return one array for a {@code Tensor}, several for a list, a tuple or a dictionary
     * @throws EngineException if the program fails
     */
    public NDList forward(NDManager results, NDArray image) {
        String name = image.getName();
        image.setName(null); // DJL would take it for a part of a list or a dictionary
        try {
            // With the profiling executor the first calls would be slow, and others wherever a shape changes.
            JniUtils.setGraphExecutorOptimize(false);
            // The flag for training keeps PyTorch's inference mode off, whose results no gradient can be computed from.
            NDList output = IValueUtils.forward(module, new NDList(image), true);
            output.attach(results);
            return output;
        } finally {
            image.setName(name);
        }
    }

    /** Frees the module and its parameters. */
    @Override
    public void close() {
        manager.close();
    }
}
