package io.github.multilabel.onnx.engine;

import io.github.multilabel.core.torch.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A native library that computes exported files. Those on the class path are found by {@link ServiceLoader}. Threads
 * may share an engine.
 */
public interface OnnxEngine {

    /** The name in options, messages and reports, such as {@code onnxruntime}. */
    String name();

    /**
     * Loads the native library.
     *
     * @return why the engine cannot be used here, and what to do about it; empty if it can
     */
    Optional<String> problem();

    /** @throws IllegalStateException if there is a {@link #problem}; the message is that */
    default void requireUsable() {
        problem().ifPresent(problem -> {
            throw new IllegalStateException(problem);
        });
    }

    /**
     * Prepares a file for predictions.
     *
     * @param file an exported model, whose structure has been checked
     * @return to be closed by the caller
     * @throws IOException if the engine refuses the file; the message has the engine's reason
     * @throws IllegalStateException if there is a {@link #problem}
     */
    OnnxSession open(Path file, Settings settings) throws IOException;

    /**
     * How a file is computed.
     *
     * @param threads native threads of one call, at least 1
     * @param precision of convolutions and products; {@code AUTO} leaves it to the engine
     */
    record Settings(int threads, Precision precision) {}

    /** Returns the engines on the class path, in its order. */
    static List<OnnxEngine> onClassPath() {
        return ServiceLoader.load(OnnxEngine.class, OnnxEngine.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
