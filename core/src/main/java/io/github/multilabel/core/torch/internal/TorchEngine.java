package io.github.multilabel.core.torch.internal;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.engine.PtEngineProvider;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Utils;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * DJL's PyTorch engine, started by whichever thread asks first.
 *
 * <p>DJL looks for its engines and their libraries with the context class loader of the thread that touches it first,
 * once in the life of the JVM. In an application that is one jar of jars, as Spring Boot packs it, the threads of the
 * common pool have a loader that sees neither, and no thread would find an engine afterwards. Here the library's own
 * loader is asked; and where another part of the application was first and found none, the engine is registered all the
 * same. Other engines of the application do not matter, whatever DJL's default is.
 */
public final class TorchEngine {

    private static final String LIBRARIES = "its native libraries are ai.djl.pytorch:pytorch-jni and, with the platform"
            + " as the classifier, ai.djl.pytorch:pytorch-native-cpu, of the versions that the README names";

    private static volatile @Nullable Engine started;

    private TorchEngine() {}

    /**
     * The engine. The first call loads PyTorch's native library, which takes about a second.
     *
     * @throws IllegalStateException if it cannot be started; the message says why and what to do. A later call tries
     *     again
     */
    public static Engine get() {
        Engine engine = started;
        return engine == null ? start() : engine;
    }

    /**
     * A manager of its own for arrays on a device.
     *
     * @return to be closed by the caller
     * @throws IllegalStateException as {@link #get} does
     */
    public static NDManager newManager(Device device) {
        return get().newBaseManager(device);
    }

    /**
     * Seeds PyTorch's generators for random numbers. Those of a GPU take all 64 bits, that of the CPU the lower 32.
     * Whoever draws from them holds {@link EngineLock}.
     */
    public static void setSeed(long seed) {
        get(); // loads the native library
        JniUtils.setSeed(seed);
    }

    /** The number of threads among which PyTorch divides an operation on the CPU. */
    public static int threads() {
        get();
        return JniUtils.getNumThreads();
    }

    /** The folder of the native library that is loaded. */
    public static Path library() {
        get();
        return Path.of(LibUtils.getLibtorchPath());
    }

    private static synchronized Engine start() {
        if (started == null) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(TorchEngine.class.getClassLoader());
            try {
                if (!Engine.hasEngine(PtEngine.ENGINE_NAME)) {
                    Engine.registerEngine(new PtEngineProvider());
                }
                started = Engine.getEngine(PtEngine.ENGINE_NAME);
            } catch (EngineException | LinkageError e) {
                throw new IllegalStateException(explain(e), e);
            } finally {
                thread.setContextClassLoader(before);
            }
        }
        return started;
    }

    private static String explain(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String why = cause.getClass().getSimpleName() + ": "
                + String.valueOf(cause.getMessage()).strip().lines().findFirst().orElse("");
        if (cause instanceof UnknownHostException
                || cause instanceof SocketException
                || cause instanceof SSLException) {
            return "PyTorch cannot be started: its native library is not on the class path, and cannot be downloaded ("
                    + why + "); " + LIBRARIES;
        }
        Path cache = Utils.getEngineCacheDir("pytorch");
        if (cause instanceof IOException || cause instanceof SecurityException) {
            return "PyTorch cannot be started, because its native library cannot be unpacked to '" + cache + "' ("
                    + why
                    + "); set the environment variable DJL_CACHE_DIR to a folder that can be written, with 0.45 GB"
                    + " of room";
        }
        return "PyTorch cannot be started (" + why + "); " + LIBRARIES + ", and are unpacked to '" + cache + "'";
    }
}
